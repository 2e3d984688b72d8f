"""Who is asking: session tokens, the tokens that guard forms, and the person behind them."""
