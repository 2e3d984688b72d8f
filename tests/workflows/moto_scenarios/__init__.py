"""What moto gets wrong for us, one scenario each, run on stock moto and on repaired moto."""
