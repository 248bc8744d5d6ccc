"""What AWS documents about MWAA networks, what AWS does with a packet, and checks that compare the two."""
