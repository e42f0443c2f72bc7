package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.avro.AvroEncoder;
import java.io.ByteArrayInputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class FixedSchemaIdsTest {

    private static final String SCHEMA = "classpath:schemas/aiflow-decision-1.avsc";

    @Test
    void anIdIsLookedUpAmongThoseGiven() throws Exception {
        AiflowAvroDataFormat format = format("7=" + SCHEMA + ", 8=" + SCHEMA);
        format.start();
        Schema schema = new Schema.Parser().parse(getClass().getResourceAsStream("/schemas/aiflow-decision-1.avsc"));
        GenericRecordBuilder builder = new GenericRecordBuilder(schema);
        for (Schema.Field field : schema.getFields()) {
            if (!field.hasDefaultValue()) {
                builder.set(field, field.schema().getType() == Schema.Type.STRING ? "x" : 0L);
            }
        }
        GenericRecord record = builder.build();
        byte[] bytes = new AvroEncoder(schema).registry(8, record);

        Object read = format.unmarshal(new DefaultExchange(new DefaultCamelContext()), new ByteArrayInputStream(bytes));

        assertThat(read).hasToString(record.toString());
    }

    @Test
    void whatIsNoIdAndResourceIsRefused() {
        for (String wrong : new String[] {"1=" + SCHEMA + ",2", "1=" + SCHEMA + ",x=y", "1=classpath:nowhere.avsc"}) {
            assertThatThrownBy(() -> format(wrong).start()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static AiflowAvroDataFormat format(String registry) {
        AiflowAvroDataFormat format = new AiflowAvroDataFormat();
        format.setCamelContext(new DefaultCamelContext());
        format.setSchema(SCHEMA);
        format.setFraming("registry");
        format.setRegistry(registry);
        return format;
    }
}
