"""Dip samples as people see them: posts drawn by lot are looked at, and what follows is seen to.

Which posts were drawn is settled elsewhere, from the sealed month (`archive.sampling`). Here
communications and professional standards judge, and the morning's letter tells whoever is late
(policy G14, G15).
"""
