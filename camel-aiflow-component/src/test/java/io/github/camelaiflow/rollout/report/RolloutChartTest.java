package io.github.camelaiflow.rollout.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.evidence.Guardrail;
import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.rollout.evidence.Judgement;
import io.github.camelaiflow.rollout.evidence.Judgement.Guarded;
import io.github.camelaiflow.rollout.report.RolloutChart.Sample;
import io.github.camelaiflow.rollout.report.RolloutChart.Trial;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class RolloutChartTest {

    private static Sample sample(int minute, Stage stage, int step, double share, double worse, double notWorse) {
        Guarded errors =
                new Guarded(Guardrail.of(Kind.ERRORS), Judgement.Status.UNDECIDED, 0, 0, 1, 1, worse, notWorse, -1, 1);
        Guarded none = new Guarded(
                Guardrail.of(Kind.SCORES), Judgement.Status.NO_DATA, Double.NaN, Double.NaN, 0, 0, 1, 1, 0, 0);
        Judgement judgement = new Judgement(Judgement.Status.UNDECIDED, worse, 20, List.of(errors, none), false);
        return new Sample(
                Duration.ofMinutes(minute),
                new RolloutStatus(
                        "f", "v1", "v2", stage, step, share, null, null, Map.of("v2", judgement), false, 0, 0));
    }

    private static final Trial TRIAL = new Trial(
            "a <b> & \"c\"",
            List.of(
                    sample(0, Stage.RUNNING, 0, 0.05, 1, 1),
                    sample(10, Stage.RUNNING, 1, 0.5, 2, 10),
                    sample(20, Stage.PROMOTED, 1, 1, 0.1, 1e300),
                    sample(40, Stage.PROMOTED, 1, 1, 0.1, 1e300)));

    private static Document read(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> paths(Document svg, String look) {
        NodeList all = svg.getElementsByTagName("path");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .filter(path -> path.getAttribute("class").equals(look))
                .map(path -> path.getAttribute("d"))
                .toList();
    }

    @Test
    void sharesAndEvidenceAreWhereTheyBelong() throws Exception {
        Document svg = read(RolloutChart.svg(List.of(TRIAL)));

        // 40 minutes are 636 pixels, 100 % are 80
        assertThat(paths(svg, "share"))
                .containsExactly("M64 128L64 128L64 124L223 124L223 88L382 88L382 48L700 48L700 128Z");
        // ends with the promotion; an e-value of 1 is two thirds down, and 1e300 at the upper edge
        assertThat(paths(svg, "not")).containsExactly("M64 226.7L223 205L382 140");
        assertThat(paths(svg, "worse")).hasSize(1).first().asString().startsWith("M64 226.7L223");
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("a <b> & \"c\"", "5 %", "50 %", "PROMOTED, minute 20", "needed for a verdict: 20");
    }

    @Test
    void trialsShareTheScaleOfTime() throws Exception {
        Trial longer = new Trial(
                "longer", List.of(sample(0, Stage.RUNNING, 0, 0.05, 1, 1), sample(80, Stage.HELD, 0, 0.05, 1, 1)));
        Document svg = read(RolloutChart.svg(List.of(TRIAL, longer)));

        assertThat(paths(svg, "share").get(0)).contains("L382 48L382 128Z");
        assertThat(svg.getDocumentElement().getTextContent()).contains("HELD, minute 80");
    }

    @Test
    void theSameSamplesAreTheSameBytes() {
        assertThat(RolloutChart.svg(List.of(TRIAL))).isEqualTo(RolloutChart.svg(List.of(TRIAL)));
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        RolloutStatus without = new RolloutStatus("f", "v1", null, null, -1, 0, null, null, Map.of(), false, 0, 0);

        assertThatThrownBy(() -> new Trial("t", List.of())).hasMessageContaining("at least one sample");
        assertThatThrownBy(() -> new Trial("t", List.of(new Sample(Duration.ZERO, without))))
                .hasMessageContaining("with a canary");
    }
}
