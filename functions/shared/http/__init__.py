"""How both web functions speak HTTP: hostile requests in, problem documents and safe headers out.

`call` reads a request without trusting it; `problems` names what can be wrong with one;
`application` binds views to routes so that no error of ours ever leaves as a bare 500;
`fields` takes fields out of JSON bodies and forms with a sentence for each thing wrong.
"""
