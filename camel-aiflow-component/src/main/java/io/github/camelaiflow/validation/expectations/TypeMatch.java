package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether a value is of one of some types, named as Python, numpy, pandas, Spark, SQL, Java or our own field types name
 * them. Names stand for families without a width: JSON and Avro give whole numbers as they fit, so {@code int64} takes an
 * Integer. A whole number is no {@code float}, as in GX; {@code number} takes every finite number, {@code integer} every
 * number without a fraction.
 */
record TypeMatch(List<Predicate<Object>> types, String requirement) implements ValueCheck {

    private static final Map<String, Predicate<Object>> FAMILIES = new HashMap<>();

    static {
        family(Values::integral, "int int_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 Int8 Int16 Int32 Int64");
        family(Values::integral, "long short byte Integer Long Short Byte BigInteger Int8Dtype Int16Dtype Int32Dtype");
        family(
                Values::integral,
                "Int64Dtype IntegerType LongType ShortType ByteType INTEGER INT BIGINT SMALLINT TINYINT");
        family(
                TypeMatch::isFloat,
                "float float_ float16 float32 float64 double Float Double BigDecimal Decimal Float64");
        family(
                TypeMatch::isFloat,
                "decimal FloatType DoubleType DecimalType FLOAT DOUBLE DOUBLE_PRECISION REAL NUMERIC");
        family(String.class::isInstance, "str str_ string String StringType VARCHAR TEXT CHAR NVARCHAR text category");
        family(Boolean.class::isInstance, "bool bool_ boolean Boolean BooleanType BOOLEAN BOOL BIT");
        family(byte[].class::isInstance, "bytes bytes_ byte[] BinaryType BYTEA BLOB BINARY VARBINARY");
        family(List.class::isInstance, "list List ArrayType array ARRAY");
        family(Map.class::isInstance, "dict Map MapType StructType");
        family(TypeMatch::isDateTime, "datetime Timestamp timestamp TimestampType TIMESTAMP");
        family(TypeMatch::isWithoutZone, "datetime64 datetime64[ns] datetime64[us] datetime64[ms] datetime64[s]");
        family(TypeMatch::isZoned, "DatetimeTZDtype DatetimeTZDtypeType TIMESTAMPTZ");
        family(TypeMatch::isDateTime, "DATETIME Instant LocalDateTime OffsetDateTime ZonedDateTime");
        family(LocalDate.class::isInstance, "date DateType DATE LocalDate");
        family(LocalTime.class::isInstance, "time TIME LocalTime");
        family(value -> true, "object object_ O Object");
        family(TypeMatch::isFinite, "number Number");
        family(TypeMatch::isWhole, "integer");
    }

    private static void family(Predicate<Object> type, String names) {
        for (String name : names.split(" ")) {
            FAMILIES.put(name, type);
        }
    }

    static ValueCheck readOne(Arguments arguments) {
        if (arguments.has("type_") && arguments.value("type_") == null) {
            return new TypeMatch(List.of(value -> true), "may be of any type");
        }
        String name = arguments.text("type_");
        return of(arguments, name == null ? List.of() : List.of(name), "type_");
    }

    static ValueCheck readList(Arguments arguments) {
        if (arguments.has("type_list") && arguments.value("type_list") == null) {
            return new TypeMatch(List.of(value -> true), "may be of any type");
        }
        return of(arguments, arguments.list("type_list"), "type_list");
    }

    private static ValueCheck of(Arguments arguments, List<Object> names, String argument) {
        List<Predicate<Object>> types = new ArrayList<>();
        for (Object name : names) {
            Predicate<Object> type = name instanceof String ? FAMILIES.get(name) : null;
            if (type == null) {
                arguments.problem(argument + " names no known type, was " + name
                        + "; known are int, float, str, bool, datetime, date, bytes, list, dict, number, integer"
                        + " and their names in Java, pandas, Spark and SQL");
            } else {
                types.add(type);
            }
        }
        return new TypeMatch(List.copyOf(types), "must be of type " + String.join(" or ", texts(names)));
    }

    private static List<String> texts(List<Object> names) {
        return names.stream().map(String::valueOf).toList();
    }

    @Override
    public boolean meets(Object value) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).test(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFloat(Object value) {
        return value instanceof Double || value instanceof Float || value instanceof BigDecimal;
    }

    private static boolean isFinite(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value instanceof Number;
    }

    private static boolean isWhole(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().scale() <= 0;
        }
        return Values.integral(value)
                || (isFinite(value) && ((Number) value).doubleValue() == Math.rint(((Number) value).doubleValue()));
    }

    /** An instant counts, because numpy's datetime64 is UTC where it comes from one. */
    private static boolean isWithoutZone(Object value) {
        return value instanceof LocalDateTime || value instanceof Instant;
    }

    private static boolean isZoned(Object value) {
        return value instanceof OffsetDateTime || value instanceof ZonedDateTime;
    }

    private static boolean isDateTime(Object value) {
        return value instanceof Temporal && !(value instanceof LocalDate) && !(value instanceof LocalTime);
    }
}
