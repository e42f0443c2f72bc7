package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Change;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.DeadLetters.Summary;
import io.github.camelaiflow.wire.deadletters.DeadLetterIntake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Dead letters that ended are kept for their time only, though no route of the flow delivers into its store. */
class DeadLetterRetentionTest extends WithFlowFolder {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));

    @Test
    void endedLettersAreDeletedAfterRetentionAndOpenOnesNever() throws Exception {
        AiflowComponent component = start();
        send("direct:intake", "ended");
        send("direct:intake", "open");
        DeadLetters letters = component.deadLetters("claims");
        Summary ended = letters.list(Criteria.ALL, 0, 10).get(0);
        letters.change(ended.id(), new Change("c1", State.NEW, State.DISCARDED, "olga", null), List.of());

        now.set(now.get().plus(Duration.ofDays(1)));
        component.flow("claims").upkeep().store();
        assertThat(letters.list(Criteria.ALL, 0, 10)).hasSize(2);

        now.set(now.get().plus(Duration.ofDays(90)));
        component.flow("claims").upkeep().store();
        assertThat(letters.list(Criteria.ALL, 0, 10)).extracting(Summary::state).containsExactly(State.NEW);
    }

    @Test
    void whereLettersComeInTheStoreIsLookedAfter() throws Exception {
        AiflowComponent component = start();
        send("direct:intake", "a letter");

        assertThat(component.ticks().started(Ticks.Kind.STORE)).isTrue();
    }

    @Test
    void aFlowWithoutDeadLettersHasNoThreadForThem() throws Exception {
        start("aiflow:validate:claims");

        assertThat(context.getComponent("aiflow", AiflowComponent.class).ticks().started(Ticks.Kind.STORE))
                .isFalse();
    }

    private AiflowComponent start() throws Exception {
        DeadLetterIntake intake = new DeadLetterIntake();
        intake.setFlow("claims");
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:claims").to("aiflow:validate:claims");
                from("direct:intake").errorHandler(noErrorHandler()).process(intake);
            }
        });
        intake.setCamelContext(context);
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.inject(now::get, () -> "run");
        context.start();
        return component;
    }
}
