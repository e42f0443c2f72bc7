package io.github.camelaiflow.validation.expectations;

/** Reads {@code row_condition} and {@code condition_parser}. */
final class RowConditions {

    private RowConditions() {}

    /** The operand of those records only that the condition holds for; the operand itself after a problem. */
    static Operand restrict(Operand operand, Arguments arguments) {
        arguments.problem("row_condition is not supported yet");
        return operand;
    }
}
