package io.github.camelaiflow.it.simulation;

import static io.github.camelaiflow.delivery.DeliveryMode.AT_LEAST_ONCE;
import static io.github.camelaiflow.delivery.DeliveryMode.DATABASE;
import static io.github.camelaiflow.delivery.DeliveryMode.EXACTLY_ONCE;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.kafka.CommitFactory;
import io.github.camelaiflow.delivery.kafka.KafkaClients;
import io.github.camelaiflow.store.Deliveries;
import java.util.function.UnaryOperator;

/** Workers that are wrong in one thing, as workers have been: the simulation has to find each. */
enum Mutation implements Wrong {
    MEMBERSHIP_TAKEN_AT_COMMIT(EXACTLY_ONCE, WrongCommit::membershipAtCommit),
    NO_MEMBERSHIP(EXACTLY_ONCE, clients -> WrongClients.of(clients, WrongClients::right, WrongClients::nobodysOffsets)),
    OFFSETS_BEFORE_OUTCOMES(AT_LEAST_ONCE, WrongCommit::offsetsFirst),
    NO_REWIND(EXACTLY_ONCE, clients -> WrongClients.of(clients, WrongClients::noSeek, WrongClients::right)),
    NO_REWIND_AT_LEAST_ONCE(
            AT_LEAST_ONCE, clients -> WrongClients.of(clients, WrongClients::noSeek, WrongClients::right)),
    SILENCE_TAKEN_FOR_FAILURE(EXACTLY_ONCE, WrongCommit::silenceIsFailure),
    SILENCE_TAKEN_FOR_CONSENT(EXACTLY_ONCE, WrongCommit::silenceIsConsent),
    AUTO_COMMIT(EXACTLY_ONCE, clients -> WrongClients.of(clients, WrongClients::autoCommit, WrongClients::right)),
    AUTO_COMMIT_AT_LEAST_ONCE(
            AT_LEAST_ONCE, clients -> WrongClients.of(clients, WrongClients::autoCommit, WrongClients::right)),
    DEAD_LETTERS_LET_GO(EXACTLY_ONCE, WrongCommit::deadLettersMayFail),
    FORGETS_WHAT_IS_OUT(AT_LEAST_ONCE, WrongCommit::forgetsWhatIsOut),
    READS_UNCOMMITTED(EXACTLY_ONCE, new Reading(false, true)),
    READS_PENDING_OFFSETS(EXACTLY_ONCE, new Reading(true, false)),
    NO_REWIND_DATABASE(DATABASE, clients -> WrongClients.of(clients, WrongClients::noSeek, WrongClients::right)),
    SILENCE_TAKEN_FOR_CONSENT_DATABASE(DATABASE, WrongCommit::silenceIsConsent),
    OFFSETS_NOT_COMPARED(DATABASE, WrongCommit::rightly) {
        @Override
        public Deliveries database(Deliveries right) {
            return WrongClients.notCompared(right);
        }
    };

    final DeliveryMode mode;
    private final UnaryOperator<KafkaClients> clients;
    private final WrongCommit.Way commit;
    private final Reading reading;

    Mutation(DeliveryMode mode, UnaryOperator<KafkaClients> clients) {
        this(mode, clients, WrongCommit::rightly, Reading.RIGHT);
    }

    Mutation(DeliveryMode mode, WrongCommit.Way commit) {
        this(mode, UnaryOperator.identity(), commit, Reading.RIGHT);
    }

    Mutation(DeliveryMode mode, Reading reading) {
        this(mode, UnaryOperator.identity(), WrongCommit::rightly, reading);
    }

    Mutation(DeliveryMode mode, UnaryOperator<KafkaClients> clients, WrongCommit.Way commit, Reading reading) {
        this.mode = mode;
        this.clients = clients;
        this.commit = commit;
        this.reading = reading;
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public KafkaClients clients(KafkaClients right) {
        return clients.apply(right);
    }

    @Override
    public CommitFactory commits(CommitFactory right) {
        return WrongCommit.of(right, commit);
    }
}
