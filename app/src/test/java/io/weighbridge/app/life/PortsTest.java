package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldGiveNeighbours() {
        assertThat(Ports.from(8470)).isEqualTo(new Ports(8470, 8471, 8472, 8473));
    }

    @Test
    void shouldRefusePortsThatDoNotExist() {
        assertThatThrownBy(() -> Ports.from(0)).hasMessageContaining("expected 1 to 65532, got 0");
        assertThatThrownBy(() -> Ports.from(65_533)).hasMessageContaining("got 65533");
    }

    @Test
    void shouldFindFreePorts() {
        assertThat(Ports.free().http()).isBetween(1, 65_532);
    }
}
