package io.github.camelaiflow.it.campaign;

import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;

/**
 * The negative control: the same steps between plain Kafka endpoints, with what Camel does unless it is told otherwise. Parameters, as
 * properties: {@code claims.topic.in}, {@code claims.topic.out}, {@code claims.topic.dead}, {@code claims.group}, {@code
 * campaign.repository}.
 */
final class PlainRoutes extends RouteBuilder {

    /** What is plain about them. */
    enum Kind {
        /** Offsets are committed by the client's clock; the default dead letter channel. */
        AUTOCOMMIT,
        /** The producer has {@code transacted=true}. */
        TRANSACTED,
        /** The consumer has {@code batching=true}. */
        BATCHING,
        /** An idempotent consumer, eager as by default, with a durable repository. */
        EAGER
    }

    private static final String IN = "kafka:{{claims.topic.in}}?groupId={{claims.group}}&autoOffsetReset=earliest"
            + "&sessionTimeoutMs=6000" // only so that it is over sooner
            + "&keyDeserializer=org.apache.kafka.common.serialization.StringDeserializer"
            + "&valueDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer";
    private static final String BYTES = "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";
    private static final String OUT = "kafka:{{claims.topic.out}}?deliveryTimeoutMs=4000&requestTimeoutMs=2000" + BYTES;
    private static final String DEAD = "kafka:{{claims.topic.dead}}?maxBlockMs={{campaign.patience:1000}}" + BYTES;

    /** As a model takes its time, so that most of the time a record is between the repository and its outcome. */
    private static final int SLOW_STEP_MILLIS = 10;

    private final Kind kind;

    PlainRoutes(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void configure() {
        switch (kind) {
            // what cannot be decided is a dead letter, whatever else fails is left to the default error handler
            case TRANSACTED ->
                onException(ValidationException.class)
                        .handled(true)
                        .useOriginalMessage()
                        .to(DEAD);
            // the original message of one of a batch is the whole batch
            case BATCHING -> errorHandler(deadLetterChannel(DEAD).logExhausted(false));
            default -> errorHandler(deadLetterChannel(DEAD).useOriginalMessage().logExhausted(false));
        }
        switch (kind) {
            case AUTOCOMMIT -> decide(route(IN), OUT);
            case TRANSACTED -> decide(route(IN), OUT + "&transacted=true");
            case BATCHING -> {
                route(IN + "&batching=true&maxPollRecords=50&pollTimeoutMs=500")
                        .split(body())
                        .process(PlainRoutes::unwrap)
                        .to("direct:plain-one");
                decide(from("direct:plain-one").routeId("plain-one"), OUT);
            }
            case EAGER -> {
                var repository = FileIdempotentRepository.fileIdempotentRepository(
                        new File(getContext().resolvePropertyPlaceholders("{{campaign.repository}}")), 100_000);
                route(IN + "&maxPollRecords=50")
                        .idempotentConsumer(header("kafka.KEY"), repository)
                        .delay(SLOW_STEP_MILLIS)
                        .to("direct:plain-one");
                decide(from("direct:plain-one").routeId("plain-one"), OUT);
            }
            default -> throw new IllegalStateException(kind.name());
        }
    }

    private RouteDefinition route(String uri) {
        return from(uri).routeId("plain");
    }

    private static void decide(RouteDefinition route, String out) {
        route.unmarshal().custom("claimAvro").to("direct:claims-decide").to(out);
    }

    /** What one of a batch's exchanges has becomes this one's. */
    private static void unwrap(Exchange exchange) {
        Message one = exchange.getMessage().getBody(Exchange.class).getMessage();
        exchange.getMessage().setHeader("kafka.KEY", one.getHeader("kafka.KEY"));
        exchange.getMessage().setBody(one.getBody());
    }
}
