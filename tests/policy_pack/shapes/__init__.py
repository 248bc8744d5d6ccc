"""How people write MWAA networks, shape by shape, with the right verdict for each."""
