package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.validation.ColumnProfile;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class ProfileOptionTest extends WithFlowFolder {

    private static final List<Map<String, Object>> RECORDS = List.of(Map.of("x", 1), Map.of("x", 2));

    private void define(String validation) {
        folder.write("w.yaml", "flow: w\nrecord: {fields: {x: {type: integer}}}\n" + validation);
    }

    @Test
    void resultsHaveNoProfilesUnlessAskedFor() throws Exception {
        define("");
        start("aiflow:validate:w?scope=batch", "aiflow:validate:w?scope=batch&profile=true");

        assertThat(profiles(send("direct:r0", RECORDS))).isEmpty();
        assertThat(profiles(send("direct:r1", RECORDS)))
                .extracting(ColumnProfile::column)
                .containsExactly("x");
    }

    @Test
    void theDefinitionMayAskForThem() throws Exception {
        define("validation: {profile: true, window: 2}");
        start(
                "aiflow:validate:w?scope=batch",
                "aiflow:validate:w?scope=batch&profile=false",
                "aiflow:validate:w?scope=window",
                "aiflow:validate:w");

        assertThat(profiles(send("direct:r0", RECORDS))).hasSize(1);
        assertThat(profiles(send("direct:r1", RECORDS))).isEmpty();
        assertThat(profiles(send("direct:r2", RECORDS))).hasSize(1);
        assertThat(profiles(send("direct:r3", RECORDS))).isEmpty();
    }

    @Test
    void anEndpointOfWindowsMayOverrideIt() throws Exception {
        define("validation: {profile: true, window: 2}");
        start("aiflow:validate:w?scope=window&profile=false");

        assertThat(profiles(send("direct:r0", RECORDS))).isEmpty();
    }

    @Test
    void endpointsOfOneWindowMustAgree() {
        define("");

        assertThatThrownBy(() -> start(
                        "aiflow:validate:w?scope=window&profile=true", "aiflow:validate:w?scope=window&profile=false"))
                .satisfies(error -> assertThat(stack(error)).contains("option profile must agree"));
    }

    @Test
    void aSingleRecordHasNoProfile() {
        define("");

        assertThatThrownBy(() -> start("aiflow:validate:w?profile=true"))
                .satisfies(error -> assertThat(stack(error)).contains("needs scope=batch or scope=window"));
    }

    private static List<ColumnProfile> profiles(Exchange exchange) {
        return exchange.getMessage()
                .getHeader("CamelAiflowValidation", ValidationResult.class)
                .profiles();
    }
}
