package io.github.camelaiflow.validation.expectations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.InputStreamSource;
import io.github.camelaiflow.validation.python.BoundedText;
import io.github.camelaiflow.validation.python.JsonText;
import io.github.camelaiflow.validation.python.PythonRegex;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether JSON in a text, or a map or list, meets a JSON schema: the draft its {@code $schema} names, else 2020-12.
 * Formats are not asserted and patterns are Python's, as in GX. References into the network or files are refused, and
 * patterns that backtrack for ever leave the value unjudgeable.
 */
record JsonSchemaMatch(JsonSchema schema, String requirement) implements ValueCheck {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_DEPTH = 500;
    private static final int MAX_DIGITS = 1000;

    static ValueCheck read(Arguments arguments) {
        Object given = arguments.value("json_schema");
        if (!(given instanceof Map) && !(given instanceof Boolean)) {
            arguments.problem("json_schema must be given, as an object");
            return null;
        }
        if (tooLarge(given, MAX_DEPTH)) {
            arguments.problem("json_schema must not be nested more than " + MAX_DEPTH
                    + " deep, nor have numbers of more than " + MAX_DIGITS + " digits");
            return null;
        }
        if (!finite(given)) {
            arguments.problem("json_schema must have finite numbers; NaN and Infinity are none");
            return null;
        }
        try {
            JsonNode node = tree(given);
            VersionFlag draft = draft(arguments, node);
            if (draft == null) {
                return null;
            }
            SchemaValidatorsConfig config = config();
            JsonSchema meta = factory(draft).getSchema(SchemaLocation.of(draft.getId()), config);
            if (!meta.validate(node, OutputFormat.BOOLEAN)) {
                arguments.problem("json_schema must be a valid JSON schema of " + draft.getId());
                return null;
            }
            JsonSchema schema = factory(draft).getSchema(node, config);
            schema.initializeValidators();
            return new JsonSchemaMatch(schema, "must be JSON that meets the schema");
        } catch (Unjudgeable e) {
            arguments.problem("json_schema must hold objects, lists, texts, numbers and truth values only;"
                    + " write dates as texts");
        } catch (PatternSyntaxException e) {
            arguments.problem("json_schema must have regular expressions as patterns; " + e.getDescription());
        } catch (JsonSchemaException e) {
            arguments.problem("json_schema must be complete in itself and readable; " + e.getMessage());
        } catch (CutOff | StackOverflowError e) {
            arguments.problem("json_schema must be simpler; reading it takes too many steps");
        }
        return null;
    }

    private static VersionFlag draft(Arguments arguments, JsonNode schema) {
        JsonNode named = schema.path("$schema");
        Optional<VersionFlag> draft = named.isMissingNode()
                ? Optional.of(VersionFlag.V202012)
                : SpecVersionDetector.detectOptionalVersion(named.asText());
        if (draft.isEmpty()) {
            arguments.problem("json_schema must have a $schema of draft 4, 6, 7, 2019-09 or 2020-12, or none");
        }
        return draft.orElse(null);
    }

    private static JsonSchemaFactory factory(VersionFlag draft) {
        return JsonSchemaFactory.getInstance(
                draft, builder -> builder.schemaLoaders(loaders -> loaders.add(JsonSchemaMatch::load)));
    }

    /** Drafts come with the library, from the class path ({@code null} lets it); nothing else is ever loaded. */
    private static InputStreamSource load(AbsoluteIri place) {
        if (place.toString().startsWith("classpath:draft")) {
            return null;
        }
        throw new JsonSchemaException("references to other files or addresses are not followed");
    }

    private static SchemaValidatorsConfig config() {
        return SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(false)
                .regularExpressionFactory(JsonSchemaMatch::regex)
                .build();
    }

    private static RegularExpression regex(String regex) {
        Pattern pattern = PythonRegex.compile(regex);
        return text -> {
            try {
                return pattern.matcher(new BoundedText(text)).find();
            } catch (BoundedText.Exhausted e) {
                throw new CutOff();
            }
        };
    }

    /** A pattern has read too much. An Error, for the library logs other exceptions as failures of its own. */
    private static final class CutOff extends Error {

        private static final long serialVersionUID = 1L;

        CutOff() {
            super(null, null, false, false);
        }
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        JsonNode node;
        if (value instanceof String text) {
            node = JsonText.tree(text);
        } else if ((value instanceof Map || value instanceof List) && !tooLarge(value, MAX_DEPTH)) {
            node = tree(value);
        } else {
            throw new Unjudgeable("only JSON as a text, a map or a list can meet a JSON schema, nested at most "
                    + MAX_DEPTH + " deep and with numbers of at most " + MAX_DIGITS + " digits");
        }
        try {
            return schema.validate(node, OutputFormat.BOOLEAN);
        } catch (CutOff | StackOverflowError e) {
            throw new Unjudgeable("the JSON schema takes too many steps on this value; simplify its patterns");
        } catch (JsonSchemaException e) {
            throw new Unjudgeable("the JSON schema refers to what it does not hold");
        } catch (ArithmeticException | NumberFormatException e) {
            throw new Unjudgeable("the JSON schema compares with numbers, which NaN and infinite ones are not");
        }
    }

    private static JsonNode tree(Object value) throws Unjudgeable {
        try {
            return MAPPER.valueToTree(value);
        } catch (IllegalArgumentException e) {
            throw new Unjudgeable("only JSON as a text, a map or a list can meet a JSON schema");
        }
    }

    private static boolean finite(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(JsonSchemaMatch::finite);
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(JsonSchemaMatch::finite);
        }
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    /** Whether it is nested deeper, or has a decimal that written out would not end, such as 1e999999999. */
    private static boolean tooLarge(Object value, int left) {
        if (left == 0) {
            return true;
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(inner -> tooLarge(inner, left - 1));
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(inner -> tooLarge(inner, left - 1));
        }
        return value instanceof BigDecimal number && Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS;
    }
}
