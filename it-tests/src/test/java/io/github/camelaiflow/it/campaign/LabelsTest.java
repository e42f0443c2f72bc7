package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Labels of the campaign are permuted, doubled and contradicting, and the same for the twin but for the predictions' ids. */
final class LabelsTest {

    private final List<Entry> records = IntStream.range(0, 200)
            .mapToObj(i -> new Entry("k" + i, new byte[0], 0))
            .toList();

    private static List<String> texts(Labels labels, String id) {
        return Stream.of(labels.early(), labels.late())
                .flatMap(List::stream)
                .map(label -> new String(label, UTF_8).replace(id, "id"))
                .toList();
    }

    @Test
    void theTwinIsToldTheSameInTheSameOrder() {
        List<String> run = texts(Labels.of(records, place -> "run" + place, 5), "run");

        assertThat(run)
                .isEqualTo(texts(Labels.of(records, place -> "twin" + place, 5), "twin"))
                .isNotEqualTo(texts(Labels.of(records, place -> "run" + place, 6), "run"));
    }

    @Test
    void someAreSaidTwiceAndSomeAreContradicted() {
        Labels labels = Labels.of(records, place -> "run" + place, 5);
        List<String> all = texts(labels, "run");
        Map<String, String> first = new HashMap<>();
        int doubled = 0;
        int contradicting = 0;
        for (String label : all) {
            String about = label.substring(0, label.indexOf(", \"label\""));
            String before = first.putIfAbsent(about, label);
            doubled += label.equals(before) ? 1 : 0;
            contradicting += before != null && !label.equals(before) ? 1 : 0;
        }

        assertThat(first).hasSize(labels.keys().size()).hasSizeGreaterThan(100);
        assertThat(doubled).isPositive();
        assertThat(contradicting).isPositive();
        assertThat(labels.early()).isNotEmpty();
        assertThat(first.keySet())
                .anyMatch(about -> about.contains("claim_id"))
                .anyMatch(about -> about.contains("predictionId"));
    }
}
