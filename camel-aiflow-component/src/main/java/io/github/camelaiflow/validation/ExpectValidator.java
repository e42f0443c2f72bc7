package io.github.camelaiflow.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import io.github.camelaiflow.validation.expectations.Operand;
import io.github.camelaiflow.validation.expectations.ValueCheck;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;

/** Judges {@link Expect}. Public because Hibernate Validator creates it; thread-safe once initialised. */
public final class ExpectValidator implements ConstraintValidator<Expect, Object> {

    private ValueCheck check;

    /** @throws ConstraintDeclarationException if the type is not known or the arguments do not fit it */
    @Override
    public void initialize(Expect expect) {
        List<String> problems = new ArrayList<>();
        if (!ExpectationTypes.knows(expect.type())) {
            throw new ConstraintDeclarationException("@Expect: type " + expect.type() + " is not known; known are "
                    + String.join(", ", ExpectationTypes.names()));
        }
        Map<String, Object> kwargs = Trees.map(object(expect.kwargs()));
        if (!kwargs.containsKey("column_A") && !kwargs.containsKey("column_list")) {
            kwargs.putIfAbsent("column", "value");
        }
        Compiled compiled =
                ExpectationTypes.read(expect.type(), new Arguments(kwargs, "@Expect(" + expect.type() + ")", problems));
        if (!problems.isEmpty()) {
            throw new ConstraintDeclarationException(String.join("\n", problems));
        }
        if (!(compiled.check() instanceof ValueCheck one)) {
            throw new ConstraintDeclarationException("@Expect: type " + expect.type() + " needs many records");
        }
        check = one;
    }

    private static JsonNode object(String kwargs) {
        try {
            return Trees.JSON.readTree(kwargs);
        } catch (JsonProcessingException e) {
            throw new ConstraintDeclarationException(
                    "@Expect: kwargs must be a JSON object; " + e.getOriginalMessage());
        }
    }

    @Override
    public boolean isValid(Object value, ConstraintValidatorContext context) {
        if (value == Operand.EXCLUDED || (Values.missing(value) && !check.judgesMissing())) {
            return true;
        }
        try {
            return check.meets(value);
        } catch (Unjudgeable e) {
            return unjudged(e, context);
        } catch (StackOverflowError e) {
            return unjudged(new Unjudgeable("the value is nested too deeply to be judged"), context);
        }
    }

    private static boolean unjudged(Unjudgeable error, ConstraintValidatorContext context) {
        context.unwrap(HibernateConstraintValidatorContext.class).withDynamicPayload(error);
        return false;
    }
}
