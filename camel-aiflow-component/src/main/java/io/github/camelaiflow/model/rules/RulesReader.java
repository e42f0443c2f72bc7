package io.github.camelaiflow.model.rules;

import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a {@link RulesModel} from a definition's maps and lists, collecting all that is wrong. Not thread-safe. */
final class RulesReader {

    private final String name;
    private final List<String> problems = new ArrayList<>();

    RulesReader(String name) {
        this.name = name;
    }

    /** @throws ModelException with every problem, if there is any */
    RulesModel read(Map<String, ?> definition) {
        known(definition, "the definition", "rules", "otherwise");
        List<RulesModel.Rule> rules = new ArrayList<>();
        if (definition.get("rules") instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                rules.add(rule(list.get(i), "rules[" + i + "]"));
            }
        } else {
            problems.add("rules must be a list of at least one rule");
        }
        Outcome otherwise = null;
        if (definition.get("otherwise") instanceof Map<?, ?> map) {
            known(map, "otherwise", "label", "score");
            otherwise = answer(map, "otherwise");
        } else {
            problems.add("otherwise must be a map with label and score: what to answer when no rule holds");
        }
        if (!problems.isEmpty()) {
            throw ModelException.unfit(name, problems);
        }
        return new RulesModel(name, rules, otherwise);
    }

    private RulesModel.Rule rule(Object rule, String place) {
        if (!(rule instanceof Map<?, ?> map)) {
            problems.add(place + " must be a map with when, label and score");
            return null;
        }
        known(map, place, "when", "label", "score");
        List<RuleCondition> conditions = new ArrayList<>();
        if (map.get("when") instanceof Map<?, ?> when && !when.isEmpty()) {
            when.forEach((field, tests) -> conditions.addAll(conditions(field, tests, place + ".when." + field)));
        } else {
            problems.add(place + ".when must be a map from field to conditions, with at least one");
        }
        return new RulesModel.Rule(conditions, answer(map, place));
    }

    private List<RuleCondition> conditions(Object field, Object tests, String place) {
        List<RuleCondition> conditions = new ArrayList<>();
        if (tests instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((word, operand) -> {
                RuleCondition condition = condition(String.valueOf(field), String.valueOf(word), operand, place);
                if (condition != null) {
                    conditions.add(condition);
                }
            });
        } else {
            problems.add(place + " must be a map from condition to value, such as {above: 100}");
        }
        // the sort is stable: missing only moves before the other conditions of its field
        conditions.sort(Comparator.comparing(condition -> condition.test() != RuleCondition.Test.MISSING));
        return conditions;
    }

    private RuleCondition condition(String field, String word, Object operand, String place) {
        RuleCondition.Test test = RuleCondition.Test.of(word);
        if (test == null) {
            problems.add(place + "." + word + " is no condition, those are "
                    + String.join(
                            ", ",
                            Arrays.stream(RuleCondition.Test.values())
                                    .map(Object::toString)
                                    .toList()));
            return null;
        }
        List<?> operands = test == RuleCondition.Test.IN && operand instanceof List<?> list
                ? list
                : operand == null ? List.of() : List.of(operand);
        String requirement = requirement(test, operands);
        if (requirement != null) {
            problems.add(place + "." + word + " must be " + requirement);
            return null;
        }
        return new RuleCondition(field, test, List.copyOf(operands));
    }

    /** What the operands must be, {@code null} if they are. */
    private static String requirement(RuleCondition.Test test, List<?> operands) {
        if (test == RuleCondition.Test.MISSING) {
            return operands.size() == 1 && operands.get(0) instanceof Boolean ? null : "true or false";
        }
        if (test.comparesNumbers()) {
            return operands.size() == 1 && isNumber(operands.get(0)) ? null : "a finite number";
        }
        Set<String> kinds = new HashSet<>();
        for (Object operand : operands) {
            boolean scalar = isNumber(operand) || operand instanceof String || operand instanceof Boolean;
            kinds.add(scalar ? RuleCondition.kind(operand) : "");
        }
        if (kinds.size() == 1 && !kinds.contains("")) {
            return null;
        }
        return test == RuleCondition.Test.IN
                ? "a list of numbers, of texts or of true and false"
                : "a number, a text, true or false";
    }

    private Outcome answer(Map<?, ?> map, String place) {
        Object score = map.get("score");
        if (score != null && !isNumber(score)) {
            problems.add(place + ".score must be a finite number");
        }
        if (map.get("label") instanceof String label && !label.isEmpty()) {
            return RulesModel.answer(label, isNumber(score) ? ((Number) score).doubleValue() : null);
        }
        problems.add(place + ".label must be a text");
        return null;
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private void known(Map<?, ?> map, String place, String... keys) {
        for (Object key : map.keySet()) {
            if (!Arrays.asList(keys).contains(key)) {
                problems.add(place + " has " + key + ", known are " + String.join(", ", keys));
            }
        }
    }
}
