package io.github.camelaiflow.model.rules;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model of a few rules that a person can read and answer for, such as stands in while the real one cannot answer. The
 * first rule of which all conditions hold decides; if none does, the default.
 *
 * <pre>{@code
 * rules:
 *   - when: {claim_amount: {above: 20000}, police_report: {equals: false}}
 *     label: fraud
 *     score: 0.8
 *   - when: {claim_type: {in: [theft, fire]}, witness_age: {missing: true}}
 *     label: fraud
 * otherwise: {label: legitimate, score: 0.1}
 * }</pre>
 *
 * <p>Conditions: {@code above}, {@code below}, {@code atLeast}, {@code atMost} (numbers), {@code equals}, {@code in}
 * (numbers, texts or Booleans; 5 equals 5.0), {@code missing} (true or false; absent, {@code null} and NaN are missing).
 * They are tried in the order they are written, {@code missing} before the others of its field, and the rest of a rule is
 * not tried once one doesn't hold. To try a condition other than {@code missing} on a missing or infinite value, or on a
 * value of another type than the condition's, is an error of the row. Immutable and thread-safe.
 */
public final class RulesModel implements Model {

    private final String name;
    private final List<Rule> rules;
    private final Outcome otherwise;
    private final Signature signature;

    /** @param outcome what is answered when all conditions hold */
    record Rule(List<RuleCondition> conditions, Outcome outcome) {}

    RulesModel(String name, List<Rule> rules, Outcome otherwise) {
        this.name = name;
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
        this.signature = new Signature(fields(rules), List.of(), labels(rules, otherwise));
    }

    /**
     * The rules of a definition, as its YAML or JSON reads: maps, lists, texts, numbers and Booleans.
     *
     * @param name the model's name, for messages
     * @param definition {@code rules}, a list of maps with {@code when}, {@code label} and, optional, {@code score}; and
     *     {@code otherwise}, a map with {@code label} and, optional, {@code score}
     * @throws ModelException if anything is wrong; it tells all that is, each with its place
     */
    public static RulesModel of(String name, Map<String, ?> definition) {
        return new RulesReader(name).read(definition);
    }

    private static List<String> fields(List<Rule> rules) {
        Set<String> fields = new LinkedHashSet<>();
        rules.forEach(rule -> rule.conditions().forEach(condition -> fields.add(condition.field())));
        return List.copyOf(fields);
    }

    private static List<String> labels(List<Rule> rules, Outcome otherwise) {
        Set<String> labels = new LinkedHashSet<>();
        rules.forEach(rule -> labels.add(rule.outcome().output().label()));
        labels.add(otherwise.output().label());
        return List.copyOf(labels);
    }

    /** A label and its score, which may be {@code null}, as an outcome. */
    static Outcome answer(String label, Double score) {
        return Outcome.of(Output.label(label, score, score == null ? Map.of() : Map.of(label, score)));
    }

    /** Features are the fields the conditions read, outputs the labels, both in the order they are written. */
    @Override
    public Signature signature() {
        return signature;
    }

    /** @throws DataException if the input is arrays: rules read named values */
    @Override
    public Effort effort() {
        return Effort.AT_ONCE;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        if (!(input instanceof ModelInput.Rows rows)) {
            throw new DataException(Reason.UNSUPPORTED_BODY, List.of(), "model " + name + " takes records, not arrays");
        }
        List<Outcome> outcomes = new ArrayList<>(rows.rows().size());
        for (Map<String, Object> row : rows.rows()) {
            outcomes.add(answer(row == null ? Map.of() : row));
        }
        return outcomes;
    }

    private Outcome answer(Map<String, Object> row) {
        for (Rule rule : rules) {
            RuleCondition.Result result = test(rule, row);
            if (result == RuleCondition.Result.HOLDS) {
                return rule.outcome();
            }
            if (result != RuleCondition.Result.FAILS) {
                return Outcome.failed(error(rule, row));
            }
        }
        return otherwise;
    }

    private static RuleCondition.Result test(Rule rule, Map<String, Object> row) {
        for (RuleCondition condition : rule.conditions()) {
            RuleCondition.Result result = condition.test(row.get(condition.field()));
            if (result != RuleCondition.Result.HOLDS) {
                return result;
            }
        }
        return RuleCondition.Result.HOLDS;
    }

    private DataException error(Rule rule, Map<String, Object> row) {
        RowErrors errors = new RowErrors(name);
        for (RuleCondition condition : rule.conditions()) {
            RuleCondition.Result result = condition.test(row.get(condition.field()));
            if (result == RuleCondition.Result.MISSING) {
                errors.missing(condition.field());
            } else if (result == RuleCondition.Result.WRONG) {
                errors.wrong(condition.field(), condition.expected());
            }
        }
        return errors.toException();
    }

    /** Nothing. */
    @Override
    public void close() {}
}
