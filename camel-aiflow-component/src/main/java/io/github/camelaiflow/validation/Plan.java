package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.BatchCheck;
import io.github.camelaiflow.validation.expectations.Check;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import io.github.camelaiflow.validation.expectations.Operand;
import io.github.camelaiflow.validation.jakarta.Constraints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a validator judges, laid out by position: expectations, the operands they read, the reasons they give. Operands that
 * single records are judged by come first.
 */
final class Plan {

    private final List<Expectation> expectations;
    private final Compiled[] compiled;
    private final Reason[] reasons;
    private final Operand[] operands;
    private final int rowOperands;
    private final int[] operandOf;
    private final int[] rowPositions;
    private final int[] batchPositions;
    private final boolean[] declared;

    /**
     * @param constraints the Jakarta constraints among the expectations
     * @throws SuiteException if an expectation was not made by {@link SuiteReader} and is wrong
     */
    Plan(Schema schema, List<Expectation> expectations, Constraints constraints) {
        this.expectations = List.copyOf(expectations);
        int count = expectations.size();
        this.compiled = new Compiled[count];
        this.reasons = new Reason[count];
        for (int i = 0; i < count; i++) {
            compiled[i] = compile(this.expectations.get(i), constraints);
            reasons[i] = reason(this.expectations.get(i), compiled[i]);
        }
        this.rowPositions = positions(false);
        this.batchPositions = positions(true);
        Map<Operand, Integer> numbers = new LinkedHashMap<>();
        this.operandOf = new int[count];
        number(rowPositions, numbers);
        this.rowOperands = numbers.size();
        number(batchPositions, numbers);
        this.operands = numbers.keySet().toArray(Operand[]::new);
        Set<String> fields = new HashSet<>();
        schema.fields().forEach(field -> fields.add(field.name()));
        this.declared = new boolean[operands.length];
        for (int i = 0; i < operands.length; i++) {
            declared[i] = fields.containsAll(operands[i].columns());
        }
    }

    private static Compiled compile(Expectation expectation, Constraints constraints) {
        List<String> problems = new ArrayList<>();
        String place = expectation.type() + " of " + expectation.column();
        Compiled constraint = constraints.compiled(expectation.type(), expectation.kwargs());
        if (constraint != null) {
            return constraint;
        }
        if (!ExpectationTypes.knows(expectation.type())) {
            throw new SuiteException(List.of(place + ": type is not known"));
        }
        Compiled compiled =
                ExpectationTypes.read(expectation.type(), new Arguments(expectation.kwargs(), place, problems));
        if (compiled == null) {
            throw new SuiteException(problems);
        }
        return compiled;
    }

    private static Reason reason(Expectation expectation, Compiled compiled) {
        return new Reason(
                expectation.column(),
                expectation.type(),
                expectation.severity(),
                compiled.check().requirement());
    }

    private int[] positions(boolean ofBatches) {
        return IntStream.range(0, compiled.length)
                .filter(i -> compiled[i].check() instanceof BatchCheck == ofBatches)
                .toArray();
    }

    private void number(int[] positions, Map<Operand, Integer> numbers) {
        for (int position : positions) {
            operandOf[position] = numbers.computeIfAbsent(compiled[position].operand(), any -> numbers.size());
        }
    }

    int size() {
        return expectations.size();
    }

    Expectation expectation(int position) {
        return expectations.get(position);
    }

    Check check(int position) {
        return compiled[position].check();
    }

    double mostly(int position) {
        return compiled[position].mostly();
    }

    /** Why a record fails this expectation; the same object for every record. */
    Reason reason(int position) {
        return reasons[position];
    }

    Operand[] operands() {
        return operands;
    }

    /** How many operands, the first ones, single records are judged by. */
    int rowOperands() {
        return rowOperands;
    }

    int operandOf(int position) {
        return operandOf[position];
    }

    /** Whether the schema declares all columns of an operand, so that they exist though no record may have them. */
    boolean declared(int operand) {
        return declared[operand];
    }

    /** Positions of the expectations that judge single records, ascending. */
    int[] rowPositions() {
        return rowPositions;
    }

    /** Positions of the expectations that judge many records together, ascending. */
    int[] batchPositions() {
        return batchPositions;
    }

    boolean judgesMissing(int position) {
        return compiled[position].check().judgesMissing();
    }
}
