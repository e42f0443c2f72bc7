package io.github.camelaiflow.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelContractTest;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesModelTest extends ModelContractTest {

    private static final Map<String, Object> OTHERWISE = Map.of("label", "legitimate", "score", 0.1);

    @Override
    protected Model load() {
        return rules(
                rule(Map.of("claim_amount", Map.of("above", 5), "claim_type", Map.of("equals", "theft")), "fraud", 0.8),
                rule(Map.of("claim_amount", Map.of("above", 8)), "check", 0.5));
    }

    private static Map<String, Object> rule(Map<String, ?> when, String label, Double score) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("when", when);
        rule.put("label", label);
        rule.put("score", score);
        return rule;
    }

    private static RulesModel rules(Object... rules) {
        return RulesModel.of("rules", Map.of("rules", List.of(rules), "otherwise", OTHERWISE));
    }

    private static Outcome predict(Model model, Map<String, Object> row) {
        return model.predict(new ModelInput.Rows(List.of(row))).get(0);
    }

    /** The label of the one condition that holds, "legitimate" if it doesn't. */
    private static String answer(String test, Object operand, Object value) {
        Model model = rules(rule(Map.of("f", Map.of(test, operand)), "yes", null));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("f", value);
        return predict(model, row).output().label();
    }

    @Test
    void theFirstRuleThatHoldsDecides() {
        Model model = load();
        assertThat(predict(model, TrainedModels.claim(9, 1, "theft")).output())
                .isEqualTo(Output.label("fraud", 0.8, Map.of("fraud", 0.8)));
        assertThat(predict(model, TrainedModels.claim(9, 1, "fire")).output().label())
                .isEqualTo("check");
        assertThat(predict(model, TrainedModels.claim(6, 1, "fire")).output())
                .isEqualTo(Output.label("legitimate", 0.1, Map.of("legitimate", 0.1)));
        assertThat(model.signature().outputs()).containsExactly("fraud", "check", "legitimate");
    }

    @Test
    void everyConditionHoldsWhereItSays() {
        assertThat(answer("above", 5, 5)).isEqualTo("legitimate");
        assertThat(answer("above", 5, 5.001)).isEqualTo("yes");
        assertThat(answer("below", 5, 5)).isEqualTo("legitimate");
        assertThat(answer("below", 5, 4.999)).isEqualTo("yes");
        assertThat(answer("atLeast", 5, 5)).isEqualTo("yes");
        assertThat(answer("atLeast", 5, -7)).isEqualTo("legitimate");
        assertThat(answer("atMost", 5, 5)).isEqualTo("yes");
        assertThat(answer("atMost", 5, 70)).isEqualTo("legitimate");
        assertThat(answer("equals", 5, 5.0f)).isEqualTo("yes");
        assertThat(answer("equals", Long.MAX_VALUE, Long.MAX_VALUE - 1)).isEqualTo("legitimate");
        assertThat(answer("equals", "a", "a")).isEqualTo("yes");
        assertThat(answer("equals", false, true)).isEqualTo("legitimate");
        assertThat(answer("in", List.of("a", "b"), "b")).isEqualTo("yes");
        assertThat(answer("in", List.of(1, 2), 3)).isEqualTo("legitimate");
        assertThat(answer("missing", true, null)).isEqualTo("yes");
        assertThat(answer("missing", true, Double.NaN)).isEqualTo("yes");
        assertThat(answer("missing", true, "x")).isEqualTo("legitimate");
        assertThat(answer("missing", false, "x")).isEqualTo("yes");
    }

    @Test
    void severalConditionsOnAFieldMakeARange() {
        Model model = rules(rule(Map.of("f", Map.of("atLeast", 3, "below", 5)), "yes", null));
        assertThat(predict(model, Map.of("f", 3)).output().label()).isEqualTo("yes");
        assertThat(predict(model, Map.of("f", 5)).output().label()).isEqualTo("legitimate");
        assertThat(predict(model, Map.of("f", 3)).output().score()).isNull();
    }

    @Test
    void aGuardedFieldMayBeMissing() {
        Map<String, Object> guarded = new LinkedHashMap<>();
        guarded.put("above", 5);
        guarded.put("missing", false);
        Model model = rules(rule(Map.of("f", guarded), "yes", null));
        assertThat(predict(model, Map.of()).output().label()).isEqualTo("legitimate");
        assertThat(predict(model, Map.of("f", 6)).output().label()).isEqualTo("yes");
    }

    @Test
    void aValueOfAnotherTypeIsTheRowsError() {
        for (Object wrong : Arrays.asList("5", true, Double.POSITIVE_INFINITY, List.of())) {
            Model model = rules(rule(Map.of("f", Map.of("equals", 5)), "yes", null));
            DataException error = predict(model, Map.of("f", wrong)).error();
            assertThat(error.reason()).isEqualTo(Reason.WRONG_FEATURE);
            assertThat(error.fields()).containsExactly("f");
        }
    }

    @Test
    void arraysAreRefused() {
        assertThatThrownBy(() -> load().predict(new ModelInput.Tensors(Map.of("", new double[1]))))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_BODY));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Map<String, Object> definition = Map.of(
                "rules",
                List.of(
                        "text",
                        Map.of("when", Map.of(), "label", "x"),
                        Map.of("when", Map.of("f", Map.of("over", 1, "above", "1", "in", List.of(1, "a"))), "label", 3),
                        Map.of("when", Map.of("f", Map.of("missing", "yes"), "g", 7), "label", "x", "score", "high"),
                        Map.of("if", Map.of(), "when", Map.of("f", Map.of("equals", List.of())), "label", "x")),
                "else",
                Map.of());
        assertThatThrownBy(() -> RulesModel.of("claims.rules", definition))
                .isInstanceOfSatisfying(ModelException.class, e -> {
                    assertThat(e.retryable()).isFalse();
                    assertThat(e.getMessage()).startsWith("claims.rules");
                    assertThat(String.join("\n", e.problems()))
                            .contains("the definition has else")
                            .contains("rules[0] must be a map")
                            .contains("rules[1].when must")
                            .contains("rules[2].when.f.over is no condition")
                            .contains("rules[2].when.f.above must be a finite number")
                            .contains("rules[2].when.f.in must be")
                            .contains("rules[2].label must")
                            .contains("rules[3].when.f.missing must be true or false")
                            .contains("rules[3].when.g must be a map")
                            .contains("rules[3].score must")
                            .contains("rules[4] has if")
                            .contains("rules[4].when.f.equals must")
                            .contains("otherwise must");
                    assertThat(e.problems()).hasSize(13);
                });
    }
}
