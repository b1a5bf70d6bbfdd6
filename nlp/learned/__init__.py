"""What is learned from example sentences: the features of a text, weights over them, nearest examples."""
