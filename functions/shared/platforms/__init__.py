"""Where words go out: one adapter a platform, behind the small contract in `base`."""
