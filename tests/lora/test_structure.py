import torch
from torch import nn

from studio.lora.structure import structure_of


def test_differs_by_layers_and_by_vocabulary_and_not_by_weights_or_dtype(make_model):
    llama = make_model("llama", layers=2)
    fingerprint = structure_of(llama)
    assert structure_of(make_model("llama", layers=3)) != fingerprint
    assert structure_of(make_model("gpt2")) != fingerprint
    nn.init.ones_(llama.lm_head.weight)
    assert structure_of(llama.to(torch.bfloat16)) == fingerprint
    llama.resize_token_embeddings(70, mean_resizing=False)
    assert structure_of(llama) != fingerprint
