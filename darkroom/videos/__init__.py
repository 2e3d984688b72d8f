"""The darkroom for videos: an MP4 in, the same pictures and sound out, and nothing else."""
