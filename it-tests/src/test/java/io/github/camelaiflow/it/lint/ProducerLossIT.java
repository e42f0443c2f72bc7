package io.github.camelaiflow.it.lint;

import static io.github.camelaiflow.it.lint.Lab.SAFE;
import static io.github.camelaiflow.it.lint.Lab.from;
import static io.github.camelaiflow.it.lint.Lab.records;
import static io.github.camelaiflow.it.lint.Lab.routes;
import static io.github.camelaiflow.it.lint.Lab.send;
import static io.github.camelaiflow.it.lint.Lab.untilCommitted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Options of Kafka producers. */
@ExtendWith(Lab.class)
class ProducerLossIT {

    /** LINT-01. Two threads are held until both send at a time. */
    private static List<String> transacted(String consumer, String producer, boolean flagged) throws Exception {
        String in = Lab.topic(2);
        String out = Lab.topic(1);
        CyclicBarrier both = new CyclicBarrier(2);
        try (LabContext context = Lab.context(routes(builder -> builder.from(from(in, consumer + "&consumersCount=2"))
                .process(exchange -> meet(both))
                .to("kafka:" + out + producer)))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-01")).isEqualTo(flagged);
            Lab.untilMembers(in, 2);
            send(in, 1, 40);
            untilCommitted(in, 40);
        }
        return Lab.read(out);
    }

    private static void meet(CyclicBarrier both) throws InterruptedException {
        try {
            both.await(10, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            both.reset(); // the other thread has no more records
        }
    }

    @Test
    void transactedProducerLoses() throws Exception {
        for (String how :
                List.of("transacted=true", "transactionalId=one", "additionalProperties.transactional.id=two")) {
            List<String> out = transacted("&autoOffsetReset=earliest&autoCommitIntervalMs=200", "?" + how, true);
            assertThat(out).as(how).hasSizeLessThan(40);
        }
    }

    @Test
    void withoutATransactionNothingIsLost() throws Exception {
        assertThat(transacted(SAFE, "", false)).containsExactlyInAnyOrderElementsOf(records(1, 40));
    }

    /** LINT-21: a record that the broker refuses. */
    @Test
    void whatTheBrokerRefusesCountsAsSent() throws Exception {
        String out = Lab.topic(Map.of("max.message.bytes", "200"));
        String big = "x".repeat(2000);
        try (LabContext context = Lab.context(routes(builder -> {
            builder.from("direct:unsafe").to("kafka:" + out + "?requestRequiredAcks=0&enableIdempotence=false");
            builder.from("direct:safe").to("kafka:" + out);
        }))) {
            context.start();
            assertThat(context.getComponent("aiflow", io.github.camelaiflow.AiflowComponent.class)
                            .lintReport()
                            .violations())
                    .singleElement()
                    .satisfies(one -> assertThat(one.rule().id()).isEqualTo("LINT-21"));
            var template = context.createProducerTemplate();
            assertThat(template.send("direct:unsafe", exchange -> exchange.getMessage()
                                    .setBody(big))
                            .isFailed())
                    .isFalse();
            assertThat(template.send("direct:safe", exchange -> exchange.getMessage()
                                    .setBody(big))
                            .isFailed())
                    .isTrue();
        }
        assertThat(Lab.read(out)).isEmpty();
    }
}
