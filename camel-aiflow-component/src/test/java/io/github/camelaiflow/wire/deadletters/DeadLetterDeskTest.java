package io.github.camelaiflow.wire.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.store.DeadLetters.Change;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import io.github.camelaiflow.wire.ProblemDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/** Dead letters: taken once, looked at, mended, replayed at most once. */
class DeadLetterDeskTest extends DeskFixture {

    @Test
    void aLetterIsLookedAtWithoutItsValues() throws Exception {
        String id = letter();

        JsonNode letter = list().get("letters").get(0);
        assertThat(letter.get("state").asText()).isEqualTo("NEW");
        assertThat(letter.get("stage").asText()).isEqualTo("validate");
        assertThat(letter.get("reason").asText()).isEqualTo("INVALID");
        assertThat(letter.get("fields")).extracting(JsonNode::asText).containsExactlyInAnyOrder("amount", "type");
        assertThat(letter.get("route").asText()).isEqualTo("claims");
        assertThat(list().get("counts").get("NEW").asInt()).isEqualTo(1);
        JsonNode one = answer(ask("get", Map.of("id", id), null));
        assertThat(one.get("payload").asBoolean()).isTrue();
        assertThat(one.toString() + list()).doesNotContain(CANARY).doesNotContain("-5");

        Exchange payload = ask("payload", Map.of("id", id), null);
        assertThat(payload.getMessage().getBody(String.class)).isEqualTo(WRONG);
        assertThat(payload.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/octet-stream");
    }

    @Test
    void copiesOfALetterAreOneAndPagesGoOnWhereTheyEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            for (int copy = 0; copy < 3; copy++) {
                ask("intake", origin(i), "body " + i);
            }
        }
        // the topic was made anew: another record where one was
        ask("intake", origin(0), "another body");

        assertThat(list().get("letters")).hasSize(6);
        JsonNode page = answer(ask("list", Map.of("limit", "4", "state", "new"), null));
        assertThat(page.get("letters")).hasSize(4);
        JsonNode rest = answer(ask("list", Map.of("after", page.get("next").asText()), null));
        assertThat(rest.get("letters")).hasSize(2);
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(page.get("letters").get(1).get("origin").get("offset").asInt())
                .isEqualTo(1);
    }

    @Test
    void aReplayIsTheMessageAsItCame() throws Exception {
        ask("intake", Map.of("kafka.KEY", "k-1", "trace", "t-1", "aiflow-error-stage", "infer", "CamelX", "x"), WRONG);
        String id = list().get("letters").get(0).get("id").asText();

        JsonNode replayed = answer(ask("replay", by(id), null));

        assertThat(replayed.get("state").asText()).isEqualTo("REPLAYED");
        assertThat(again().getReceivedExchanges()).hasSize(1);
        Exchange sent = again().getReceivedExchanges().get(0);
        assertThat(sent.getMessage().getBody(String.class)).isEqualTo(WRONG);
        assertThat(sent.getMessage().getHeaders())
                .containsOnly(
                        Map.entry("kafka.KEY", "k-1"), Map.entry("trace", "t-1"), Map.entry("aiflow-replay-of", id));
        JsonNode history = answer(ask("get", Map.of("id", id), null)).get("history");
        assertThat(history).extracting(change -> change.get("to").asText()).containsExactly("REPLAYING", "REPLAYED");
        assertThat(history).allSatisfy(change -> {
            assertThat(change.get("actor").asText()).isEqualTo("olga");
            assertThat(change.get("note").asText()).isEqualTo("asked for");
        });
        refused(ask("replay", by(id), null), Kind.CONFLICT);
        refused(ask("discard", by(id), null), Kind.CONFLICT);
    }

    @Test
    void aThousandCallsAtOnceAreOneReplay() throws Exception {
        String id = letter();
        ExecutorService callers = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Exchange>> calls = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                calls.add(() -> ask("replay", by(id), null));
            }
            int done = 0;
            for (Future<Exchange> call : callers.invokeAll(calls)) {
                if (call.get().getException() == null) {
                    done++;
                } else {
                    refused(call.get(), Kind.CONFLICT);
                }
            }
            assertThat(done).isEqualTo(1);
        } finally {
            callers.shutdownNow();
        }
        assertThat(again().getReceivedExchanges()).hasSize(1);
    }

    @Test
    void aReplayThatNobodyKnowsTheEndOfIsNotTriedAgainUntilSomebodySettlesIt() throws Exception {
        String id = letter();
        // a process died between the two changes
        letters().change(id, new Change("c-1", State.NEW, State.REPLAYING, "dead", null), List.of());

        refused(ask("replay", by(id), null), Kind.CONFLICT);
        refused(ask("discard", by(id), null), Kind.CONFLICT);
        refused(ask("settle", with(by(id), "sent", "false"), null), Kind.CONFLICT);
        refused(ask("settleNow", by(id), null), Kind.MALFORMED);
        assertThat(answer(ask("settleNow", with(by(id), "sent", "false"), null))
                        .get("state")
                        .asText())
                .isEqualTo("NEW");
        assertThat(answer(ask("replay", by(id), null)).get("state").asText()).isEqualTo("REPLAYED");
        assertThat(again().getReceivedExchanges()).hasSize(1);
        refused(ask("settleNow", with(by(id), "sent", "true"), null), Kind.CONFLICT);
    }

    @Test
    void afterASendThatFailedNobodyKnowsWhetherItCame() throws Exception {
        String id = letter();

        refused(ask("replayInVain", by(id), null), Kind.UNKNOWN);

        refused(ask("replay", by(id), null), Kind.CONFLICT);
        assertThat(again().getReceivedExchanges()).isEmpty();
        assertThat(answer(ask("settleNow", with(by(id), "sent", "true"), null))
                        .get("state")
                        .asText())
                .isEqualTo("REPLAYED");
    }

    @Test
    void noLetterIsMissedWhenTheStoreStopsWithCamel() {
        LetterWatch watch = context.getRegistry().lookupByNameAndType("aiflowLetterWatch-claims", LetterWatch.class);
        await().until(() -> watch.figures().isPresent());
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger logger = (Logger) LogManager.getLogger(LetterWatch.class);
        AbstractAppender appender = new AbstractAppender("watch", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        logger.addAppender(appender);
        try {
            context.stop();
            watch.look();
            assertThat(lines).isEmpty();
        } finally {
            logger.removeAppender(appender);
        }
    }

    @Test
    void mendedBytesAreCheckedBeforeAnythingIsSent() throws Exception {
        String id = letter();

        Exchange refused = ask("mend", by(id), "{\"amount\": -1, \"type\": \"flood\"}".getBytes(UTF_8));
        assertThat(refused.getException()).isInstanceOf(ValidationException.class);
        refused.setProperty(Exchange.EXCEPTION_CAUGHT, refused.getException());
        new ProblemDocument().process(refused);
        JsonNode errors =
                json.readTree(refused.getMessage().getBody(String.class)).get("errors");
        assertThat(errors)
                .hasSize(2)
                .allSatisfy(error -> assertThat(error.get("record").asInt()).isZero());
        assertThat(errors).extracting(error -> error.get("detail").asText()).doesNotHaveDuplicates();
        assertThat(list().get("letters").get(0).get("state").asText()).isEqualTo("NEW");

        answer(ask("mend", with(by(id), "Content-Type", "application/json"), RIGHT.getBytes(UTF_8)));
        Exchange sent = again().getReceivedExchanges().get(0);
        assertThat(sent.getMessage().getBody(String.class)).isEqualTo(RIGHT);
        assertThat(sent.getMessage().getHeaders())
                .as("nothing of the call's headers")
                .containsEntry("trace", "t-1")
                .doesNotContainKey("Content-Type");
        JsonNode letter = answer(ask("get", Map.of("id", id), null));
        assertThat(letter.get("note").asText()).isEqualTo("mended: asked for");
        assertThat(ask("payload", Map.of("id", id), null).getMessage().getBody(String.class))
                .as("what came stays")
                .isEqualTo(WRONG);
    }

    @Test
    void aReplayThatFailsAgainIsANewLetterThatNamesItsPredecessor() throws Exception {
        String id = letter();

        answer(ask("replayToFlow", by(id), null));

        String second = letters().list(Criteria.of(State.NEW), 0, 10).get(0).id();
        assertThat(second).isNotEqualTo(id);
        assertThat(answer(ask("get", Map.of("id", second), null))
                        .get("replayOf")
                        .asText())
                .isEqualTo(id);
    }

    @Test
    void whoActsIsTheRoutesToSayAndElseTheCallers() throws Exception {
        String id = letter();

        refused(ask("discard", Map.of("id", id), null), Kind.MALFORMED);
        Exchange exchange = context.createProducerTemplate().request("direct:discard", request -> {
            request.getMessage().setHeaders(new HashMap<>(by(id)));
            request.setProperty(AiflowConstants.ACTOR, "the one who signed in");
        });
        assertThat(answer(exchange).get("actor").asText()).isEqualTo("the one who signed in");
        assertThat(answer(exchange).get("state").asText()).isEqualTo("DISCARDED");
    }

    @Test
    void aBeanMayKnowWhoActs() throws Exception {
        context.getRegistry().bind("aiflowActor", ExpressionBuilder.constantExpression("bean"));

        assertThat(answer(ask("discard", by(letter()), null)).get("actor").asText())
                .isEqualTo("bean");
    }

    @Test
    void whatMakesNoSenseIsToldSo() {
        refused(ask("get", Map.of("id", "nobody"), null), Kind.ABSENT);
        refused(ask("get", Map.of(), null), Kind.MALFORMED);
        refused(ask("list", Map.of("limit", "0"), null), Kind.MALFORMED);
        refused(ask("list", Map.of("after", "x"), null), Kind.MALFORMED);
        refused(ask("list", Map.of("state", "lost"), null), Kind.MALFORMED);
        refused(ask("replay", by("nobody"), null), Kind.ABSENT);
        refused(ask("replay", by("nobody"), Map.of("a", "form")), Kind.MALFORMED);
    }

    @Test
    void aLetterTooLargeForTheStoreIsTakenWithoutItsBytes() throws Exception {
        Map<String, Object> headers = with(with(origin(1), "kafka.KEY", "k-1"), "trace", "t-1");
        ask("intake", headers, new byte[(1 << 20) + 1]);
        ask("intake", headers, new byte[(1 << 20) + 1]);

        String id = list().get("letters").get(0).get("id").asText();
        assertThat(list().get("letters")).hasSize(1);
        refused(ask("payload", Map.of("id", id), null), Kind.ABSENT);
        refused(ask("replay", by(id), null), Kind.CONFLICT);
        answer(ask("replay", by(id), RIGHT.getBytes(UTF_8)));
        assertThat(again().getReceivedExchanges()).hasSize(1);
        assertThat(again().getReceivedExchanges().get(0).getMessage().getHeaders())
                .containsOnly(
                        Map.entry("kafka.KEY", "k-1"), Map.entry("trace", "t-1"), Map.entry("aiflow-replay-of", id));
    }

    @Test
    void anotherRecordAtTheSamePlaceIsAnotherLetterHoweverLarge() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        byte[] other = large.clone();
        other[0] = 1;
        for (byte[] value : List.of(large, other, new byte[] {1}, large, other, new byte[] {1})) {
            assertThat(ask("intake", origin(1), value).getException()).isNull();
        }

        assertThat(list().get("letters")).hasSize(3);
    }

    @Test
    void whatWasDoneWithAndPrunedStaysSoWhenItsTopicIsReadAnew() throws Exception {
        ask("intake", origin(1), WRONG);
        String id = list().get("letters").get(0).get("id").asText();
        answer(ask("discard", by(id), null));
        letters().prune(Instant.MAX);
        assertThat(list().get("letters")).isEmpty();

        assertThat(ask("intake", origin(1), WRONG).getException()).isNull();

        assertThat(list().get("letters")).isEmpty();
    }

    @Test
    void operatorsSeeHowManyThereAreAndHowOldTheOldestIs() throws Exception {
        letter();
        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName name = new ObjectName("org.apache.camel:context=desk,type=aiflow-dead-letters,name=\"claims\"");

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(server.getAttribute(name, "New"))
                .isEqualTo(1L));
        assertThat((double) server.getAttribute(name, "OldestOpenSeconds")).isGreaterThanOrEqualTo(0);
        assertThat(meters.get("aiflow.dead.letters")
                        .tags("flow", "claims", "state", "new")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("aiflow.dead.letters.oldest.age")
                        .tag("flow", "claims")
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(0);
    }
}
