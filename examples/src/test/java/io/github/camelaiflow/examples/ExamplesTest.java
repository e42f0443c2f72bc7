package io.github.camelaiflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs to its end and prints what README.md says. */
class ExamplesTest {

    /** A main. */
    private interface Example {
        void run() throws Exception;
    }

    private static List<String> printed(Example example) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            example.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void oneLineOfInference(@TempDir Path temp) throws Exception {
        Path model = temp.resolve("claims.tribuo");
        try (InputStream in = ExamplesTest.class.getResourceAsStream("/aiflow/models/claims-v1.tribuo")) {
            Files.copy(in, model);
        }

        assertThat(printed(() -> OneLineExample.main(new String[] {model.toString()})))
                .hasSize(1)
                .first()
                .asString()
                .matches("the claim is fraud, score 0\\.9\\d+");
    }

    @Test
    void theClaimsFlowInJava() throws Exception {
        List<String> lines = printed(() -> JavaDslExample.main(new String[0]));

        assertThat(lines).element(0).isEqualTo("claim 1: INSUFFICIENT_DATA");
        assertThat(lines).element(1).asString().matches("claim \\d+: STABLE");
        assertThat(lines).element(2).asString().matches("claim \\d+: DRIFTED");
        assertThat(Integer.parseInt(lines.get(2).replaceAll("\\D", ""))).isGreaterThan(3_000);
        assertThat(lines).element(3).asString().matches("\\{fraud=\\d+, genuine=\\d+, invalid=\\d+}");
        assertThat(lines).hasSize(4);
    }

    @Test
    void yamlWithCamelMain() throws Exception {
        assertThat(printed(() -> YamlExample.main(new String[0])))
                .containsExactly(
                        "rejected A2: weight must be at least 0.0 and at most 30.0",
                        "rejected A4: weight must not be missing",
                        "decided [pass, open]");
    }

    @Test
    void aFlowFromTheTemplate() throws Exception {
        List<String> lines = printed(() -> TemplateExample.main(new String[0]));

        assertThat(lines).hasSize(1);
        JsonNode decision = new ObjectMapper().readTree(lines.get(0));
        assertThat(decision.get("key").asText()).isEqualTo("M-1");
        assertThat(decision.get("flow").asText()).isEqualTo("motor");
        assertThat(decision.get("label").asText()).isEqualTo("fraud");
        assertThat(decision.get("servedBy").asText()).isEqualTo("primary");
        assertThat(decision.get("valid").asBoolean()).isTrue();
        assertThat(decision.get("drift").asText()).isEqualTo("INSUFFICIENT_DATA");
    }

    /** The same on every machine: what docs/canary.md tells, and its picture to the byte. */
    @Test
    void twoCanaries(@TempDir Path temp) throws Exception {
        Path picture = temp.resolve("canary.svg");

        List<String> lines = printed(() -> CanaryExample.main(new String[] {picture.toString()}));

        String docs = Files.readString(Path.of("../docs/canary.md"));
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(docs).contains(line));
        assertThat(lines).anyMatch(line -> line.contains("PROMOTE   v2"));
        assertThat(lines).last().asString().contains("ROLL_BACK v3").contains("quality");
        assertThat(Files.readString(picture)).isEqualTo(Files.readString(Path.of("../docs/images/canary.svg")));
    }

    @Test
    void labelsThatTellOfHarmStartARoute() throws Exception {
        List<String> lines = printed(() -> FeedbackExample.main(new String[0]));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .matches("HARM: \\d\\.\\d % of v1's first answers were wrong; .*; recommended: ROLL_BACK");
        // planted from claim 3,000 on, of which 1,000 labels are the baseline
        String since =
                lines.get(0).replaceAll(".*since the label ([\\d,]+) .*", "$1").replace(",", "");
        assertThat(Integer.parseInt(since)).isBetween(1_900, 2_200);
    }

    @Test
    void stepsAsKamelets() throws Exception {
        assertThat(printed(() -> KameletExample.main(new String[0])))
                .containsExactly("valid true, fraud by v1, drift INSUFFICIENT_DATA");
    }
}
