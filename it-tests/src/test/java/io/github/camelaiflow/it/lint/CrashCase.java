package io.github.camelaiflow.it.lint;

import static io.github.camelaiflow.it.lint.Lab.SAFE;

import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;

/** Configurations that lose what a process has in hand when it is killed. */
enum CrashCase {
    EAGER("LINT-07") {
        @Override
        void flagged(RouteBuilder builder, String topic, Path folder, Processor work) {
            idempotent(builder, topic, folder, true).process(work);
        }

        @Override
        void mended(RouteBuilder builder, String topic, Path folder, Processor work) {
            idempotent(builder, topic, folder, false).process(work);
        }
    },
    SEDA("LINT-16") {
        @Override
        void flagged(RouteBuilder builder, String topic, Path folder, Processor work) {
            safe(builder, topic).to("seda:" + topic);
            builder.from("seda:" + topic).process(work);
        }

        @Override
        void mended(RouteBuilder builder, String topic, Path folder, Processor work) {
            safe(builder, topic).to("direct:" + topic);
            builder.from("direct:" + topic).process(work);
        }
    },
    WIRE_TAP("LINT-16") {
        @Override
        void flagged(RouteBuilder builder, String topic, Path folder, Processor work) {
            safe(builder, topic).wireTap("direct:" + topic);
            builder.from("direct:" + topic).process(work);
        }
    },
    AGGREGATE("LINT-17") {
        @Override
        void flagged(RouteBuilder builder, String topic, Path folder, Processor work) {
            safe(builder, topic)
                    .aggregate(builder.constant(true), new GroupedBodyAggregationStrategy())
                    .completionSize(7)
                    .process(exchange -> each(exchange, exchange.getMessage().getBody(List.class), work));
        }
    },

    RESEQUENCE("LINT-17") {
        @Override
        void flagged(RouteBuilder builder, String topic, Path folder, Processor work) {
            safe(builder, topic)
                    .resequence(builder.body())
                    .batch()
                    .size(7)
                    .timeout(HOUR)
                    .process(work);
        }
    };

    private static final long HOUR = 3_600_000;

    private final String rule;

    CrashCase(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    abstract void flagged(RouteBuilder builder, String topic, Path folder, Processor work);

    /** By default: record by record, in the consumer's own thread. */
    void mended(RouteBuilder builder, String topic, Path folder, Processor work) {
        safe(builder, topic).process(work);
    }

    RouteBuilder routes(boolean mended, String topic, Path folder, Processor work) {
        return Lab.routes(builder -> {
            if (mended) {
                mended(builder, topic, folder, work);
            } else {
                flagged(builder, topic, folder, work);
            }
        });
    }

    private static RouteDefinition safe(RouteBuilder builder, String topic) {
        return builder.from(
                "kafka:" + topic + "?groupId=" + topic + SAFE + "&sessionTimeoutMs=6000&heartbeatIntervalMs=1000");
    }

    private static org.apache.camel.model.IdempotentConsumerDefinition idempotent(
            RouteBuilder builder, String topic, Path folder, boolean eager) {
        return safe(builder, topic)
                .idempotentConsumer(
                        builder.body(),
                        FileIdempotentRepository.fileIdempotentRepository(
                                folder.resolve(topic + ".keys").toFile()))
                .eager(eager);
    }

    private static void each(Exchange exchange, List<?> batch, Processor work) throws Exception {
        for (Object one : batch) {
            Object body = one instanceof Exchange record ? record.getMessage().getBody(String.class) : one;
            exchange.getMessage().setBody(body);
            work.process(exchange);
        }
    }
}
