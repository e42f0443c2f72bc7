package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.jakarta.Row;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ExpressionLanguageFeatureLevel;
import org.hibernate.validator.messageinterpolation.HibernateMessageInterpolatorContext;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.hibernate.validator.messageinterpolation.ResourceBundleMessageInterpolator;

/**
 * Interpolates messages with expression language where an implementation is on the class path, else parameters alone;
 * {@code ${validatedValue}}, and what a constraint puts into its message while it judges, read {@value #MASK} either way.
 */
final class MaskingInterpolator implements MessageInterpolator {

    /** The message of a suite's expectation: never shown, so not worth interpolating. */
    static final String UNUSED = "unmet";

    private static final String MASK = "(hidden)";
    /** A suite is data: its messages call nothing. */
    private static final ExpressionLanguageFeatureLevel OF_SUITES = ExpressionLanguageFeatureLevel.VARIABLES;

    private static final Pattern INCLUSIVE = Pattern.compile("\\$\\{inclusive == true \\? '([^']*)' : '([^']*)' ?\\}");

    private final MessageInterpolator delegate;

    MaskingInterpolator() {
        this.delegate = best();
    }

    /** Leaves expressions as they are, without a warning for every message that has one. */
    private static final class WithoutExpressions extends ParameterMessageInterpolator {
        @Override
        public String interpolate(Context context, Locale locale, String term) {
            return term.startsWith("$") ? term : super.interpolate(context, locale, term);
        }
    }

    private static MessageInterpolator best() {
        try {
            return new ResourceBundleMessageInterpolator();
        } catch (ValidationException | LinkageError e) {
            return new WithoutExpressions();
        }
    }

    @Override
    public String interpolate(String template, Context context) {
        return UNUSED.equals(template) ? template : readable(delegate.interpolate(template, mask(context)), context);
    }

    @Override
    public String interpolate(String template, Context context, Locale locale) {
        return UNUSED.equals(template)
                ? template
                : readable(delegate.interpolate(template, mask(context), locale), context);
    }

    /** Without expression language, the expressions of Hibernate Validator's own messages would stay in the text. */
    private static String readable(String text, Context context) {
        boolean inclusive = Boolean.TRUE.equals(
                context.getConstraintDescriptor().getAttributes().get("inclusive"));
        return INCLUSIVE.matcher(text.replace("${validatedValue}", MASK)).replaceAll(inclusive ? "$1" : "$2");
    }

    private static Context mask(Context context) {
        return context instanceof HibernateMessageInterpolatorContext hibernate ? new Masked(hibernate) : context;
    }

    private record Masked(HibernateMessageInterpolatorContext context) implements HibernateMessageInterpolatorContext {

        @Override
        public ConstraintDescriptor<?> getConstraintDescriptor() {
            return context.getConstraintDescriptor();
        }

        @Override
        public Object getValidatedValue() {
            return MASK;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.isInstance(this) ? type.cast(this) : context.unwrap(type);
        }

        @Override
        public Class<?> getRootBeanType() {
            return context.getRootBeanType();
        }

        @Override
        public Map<String, Object> getMessageParameters() {
            return hidden(context.getMessageParameters());
        }

        @Override
        public Map<String, Object> getExpressionVariables() {
            return hidden(context.getExpressionVariables());
        }

        private static Map<String, Object> hidden(Map<String, Object> values) {
            return values.keySet().stream().collect(Collectors.toMap(Function.identity(), any -> MASK));
        }

        @Override
        public Path getPropertyPath() {
            return context.getPropertyPath();
        }

        @Override
        public ExpressionLanguageFeatureLevel getExpressionLanguageFeatureLevel() {
            ExpressionLanguageFeatureLevel level = context.getExpressionLanguageFeatureLevel();
            boolean ofSuite = Row.class.isAssignableFrom(getRootBeanType());
            return ofSuite && level.compareTo(OF_SUITES) > 0 ? OF_SUITES : level;
        }
    }
}
