"""The written-out network gives what the fitted one gives. Needs the training libraries (`make train`)."""

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")


@pytest.fixture
def network():
    from beside.train.network import Network

    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=200,
        hidden_size=48,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=96,
        attn_implementation="eager",
    )
    encoder = transformers.BertModel(config, add_pooling_layer=False)
    found = Network(encoder, config.hidden_size)
    for weight in found.parameters():  # biases start at nought, where a forgotten one would not show
        torch.nn.init.normal_(weight, std=0.2)
    return found.eval()


@pytest.mark.parametrize("length", [2, 3, 17, 128])
def test_labels_and_words_are_those_of_the_network(network, length):
    from beside.train.lean import Lean

    ids = torch.randint(0, 200, (1, length))
    with torch.no_grad():
        labels, words = network(ids, torch.ones_like(ids))
        lean_labels, lean_words = Lean(network).eval()(ids)
    assert torch.allclose(lean_labels, labels, atol=1e-4)
    assert torch.allclose(lean_words, words, atol=1e-4)
