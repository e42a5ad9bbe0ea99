package io.weighbridge.app.evaluate.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.evaluate.codes.Column.AnyOf;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.HashAlgorithm;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private final Columns columns = Columns.standard();

    @Test
    void shouldMeasureEveryAlgorithmAndThoseThatMatchTogether() {
        assertThat(columns.principal())
                .filteredOn(Single.class::isInstance)
                .flatExtracting(Column::parts)
                .extracting(Single::algorithm)
                .containsExactlyElementsOf(Algorithms.all());
        assertThat(columns.judged()).isInstanceOf(AnyOf.class);
        assertThat(columns.judged().parts())
                .extracting(part -> part.algorithm().id().name())
                .doesNotContain("nts")
                .isNotEmpty();
    }

    @Test
    void shouldMeasureVariantsOfThePapersHashAndAblationsOfTheOthers() {
        assertThat(columns.variants()).doesNotHaveDuplicates();
        assertThat(columns.variants())
                .filteredOn(column -> column.id().startsWith("nts-"))
                .hasSize(47);
        assertThat(columns.variants())
                .filteredOn(column -> column.id().startsWith("pri-"))
                .hasSize(5);
        assertThat(columns.variants())
                .filteredOn(column -> column.id().startsWith("iwp-"))
                .hasSize(4);
        assertThat(columns.singles())
                .extracting(Single::id)
                .doesNotHaveDuplicates()
                .hasSize(47 + 5 + 4 + Algorithms.all().size());
    }

    @Test
    void shouldChooseAmongTheVariantsOfThePapersHashTheDefaultIncluded() {
        var choice = columns.ofThePaper();

        assertThat(choice).hasSize(48);
        assertThat(choice)
                .filteredOn(column -> columns.singles().contains(column))
                .hasSize(47);
        assertThat(choice.get(0).id()).isEqualTo("nts-1");
        assertThat(choice.get(0).title()).isEqualTo("nts, kurtosis, 256");
    }

    @Test
    void shouldTakeFurtherColumns() {
        HashAlgorithm algorithm = Algorithms.all().get(0);
        var ablation = new Single("ablation", "without its constants", algorithm);

        assertThat(columns.with(List.of(ablation)).singles()).contains(ablation);
        assertThatThrownBy(() -> columns.with(List.of(ablation, ablation))).hasMessageContaining("ablation twice");
        assertThatThrownBy(() -> new Single("a/b", "", algorithm)).hasMessageContaining("got a/b");
    }
}
