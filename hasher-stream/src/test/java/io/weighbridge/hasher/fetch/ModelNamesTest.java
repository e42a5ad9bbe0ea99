package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelNamesTest {

    @Test
    void shouldLeaveOutOnlyWhatCanBeNoModel() {
        for (String path :
                new String[] {"README.md", "a/logo.PNG", "tokenizer.json", "config.json", ".gitattributes", "m.py"}) {
            assertThat(ModelNames.mayBeModel(path)).as(path).isFalse();
        }
        for (String path : new String[] {
            "model.safetensors",
            "pytorch_model.bin",
            "weights",
            "a.md/weights",
            "model.safetensors.index.json",
            "x.onnx_data",
            "variables.data-00000-of-00001",
            "model.unheard-of"
        }) {
            assertThat(ModelNames.mayBeModel(path)).as(path).isTrue();
        }
    }
}
