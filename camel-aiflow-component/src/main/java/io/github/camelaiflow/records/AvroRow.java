package io.github.camelaiflow.records;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** An Avro record seen as a map: strings as String, enums by name, decimals as BigDecimal, nested records as maps. */
final class AvroRow extends AbstractMap<String, Object> {

    private static final org.apache.avro.Conversions.DecimalConversion DECIMALS =
            new org.apache.avro.Conversions.DecimalConversion();

    private final IndexedRecord record;

    AvroRow(IndexedRecord record) {
        this.record = record;
    }

    @Override
    public Object get(Object name) {
        Schema.Field field = name instanceof String text ? record.getSchema().getField(text) : null;
        return field == null ? null : value(field);
    }

    @Override
    public boolean containsKey(Object name) {
        return name instanceof String text && record.getSchema().getField(text) != null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        List<Schema.Field> fields = record.getSchema().getFields();
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return fields.stream()
                        .<Entry<String, Object>>map(field -> new SimpleImmutableEntry<>(field.name(), value(field)))
                        .iterator();
            }

            @Override
            public int size() {
                return fields.size();
            }
        };
    }

    /** A record may hold what its schema doesn't allow: Avro checks that only when it writes. */
    private Object value(Schema.Field field) {
        try {
            return value(record.get(field.pos()), field.schema());
        } catch (RuntimeException e) {
            throw new DataException(
                    Reason.WRONG_FEATURE,
                    List.of(field.name()),
                    "field " + field.name() + " must hold a value of its Avro schema");
        }
    }

    private static Object value(Object value, Schema schema) {
        if (value instanceof CharSequence || value instanceof GenericEnumSymbol) {
            return value.toString();
        }
        if (value instanceof IndexedRecord nested) {
            return new AvroRow(nested);
        }
        if (value instanceof ByteBuffer || value instanceof GenericFixed) {
            return bytes(value, branch(value, schema));
        }
        if (value instanceof List<?> list) {
            Schema items = branch(value, schema).getElementType();
            return new AbstractList<>() {
                @Override
                public Object get(int index) {
                    return value(list.get(index), items);
                }

                @Override
                public int size() {
                    return list.size();
                }
            };
        }
        if (value instanceof Map<?, ?> map) {
            Schema values = branch(value, schema).getValueType();
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(key.toString(), value(item, values)));
            return copy;
        }
        return value;
    }

    private static Object bytes(Object value, Schema schema) {
        LogicalType type = schema.getLogicalType();
        boolean decimal = type != null && "decimal".equals(type.getName());
        if (value instanceof GenericFixed fixed) {
            return decimal
                    ? DECIMALS.fromFixed(fixed, schema, type)
                    : fixed.bytes().clone();
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        if (decimal) {
            return DECIMALS.fromBytes(buffer, schema, type);
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Schema branch(Object value, Schema schema) {
        return schema.getType() == Schema.Type.UNION
                ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value))
                : schema;
    }
}
