package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Kamelet offers what its endpoint offers, so that an option added there is missed here. */
class KameletsTest {

    private static JsonNode kamelet(String operation) throws IOException {
        return new YAMLMapper()
                .readTree(KameletsTest.class.getResource("/kamelets/aiflow-" + operation + "-action.kamelet.yaml"));
    }

    /** The endpoint's options for that operation, by name. */
    private static Map<String, JsonNode> options(String operation) throws IOException {
        JsonNode catalogue = new ObjectMapper()
                .readTree(KameletsTest.class.getResource("/META-INF/io/github/camelaiflow/aiflow.json"));
        Map<String, JsonNode> options = new TreeMap<>();
        catalogue.get("properties").properties().forEach(option -> {
            boolean parameter = "parameter".equals(option.getValue().get("kind").asText());
            List<String> labels =
                    List.of(option.getValue().get("label").asText().split(","));
            if (parameter && (labels.equals(List.of("producer")) || labels.contains(operation))) {
                options.put(option.getKey(), option.getValue());
            }
        });
        return options;
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "infer", "drift", "feedback"})
    void aKameletOffersWhatItsEndpointOffers(String operation) throws IOException {
        JsonNode properties = kamelet(operation).at("/spec/definition/properties");
        Map<String, JsonNode> options = options(operation);

        assertThat(properties.fieldNames()).toIterable().contains("flow").containsAll(options.keySet());
        assertThat(properties).hasSize(options.size() + 1);
        options.forEach((name, option) ->
                assertThat(properties.get(name).path("enum")).as(name).isEqualTo(offered(operation, name, option)));
    }

    /** The option's values; of actions, that feedback shares with rollout, only its own. */
    private static JsonNode offered(String operation, String name, JsonNode option) {
        return operation.equals("feedback") && name.equals("action")
                ? new ObjectMapper().createArrayNode().add("label").add("status")
                : option.path("enum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "infer", "drift", "feedback"})
    void everyPropertyReachesTheEndpoint(String operation) throws IOException {
        JsonNode kamelet = kamelet(operation);
        JsonNode parameters = kamelet.at("/spec/template/from/steps/0/to/parameters");

        assertThat(parameters.get("operation").asText()).isEqualTo(operation);
        assertThat(parameters.get("name").asText()).isEqualTo("{{flow}}");
        for (String option : options(operation).keySet()) {
            assertThat(parameters.get(option).asText()).isEqualTo("{{?" + option + "}}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "infer", "drift", "feedback"})
    void itIsAnActionThatNamesItsDependencies(String operation) throws IOException {
        JsonNode kamelet = kamelet(operation);

        assertThat(kamelet.at("/metadata/labels")
                        .get("camel.apache.org/kamelet.type")
                        .asText())
                .isEqualTo("action");
        assertThat(kamelet.at("/spec/dependencies/1").asText())
                .matches("mvn:io\\.github\\.camelaiflow:camel-aiflow-component:\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
