package io.github.camelaiflow.store;

import io.github.camelaiflow.store.DeliveryTables.Place;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Offsets and decisions in a database. A settlement is one transaction of two statements a partition and one a 500 rows of a kind; those
 * that move the same partition come one after the other, others don't wait.
 */
final class JdbcDeliveries implements Deliveries {

    private static final int AT_ONCE = 1_000;
    /** The same for all, so that nobody waits in a circle. */
    private static final Comparator<Move> ORDER =
            Comparator.comparing(Move::topic).thenComparing(Move::partition);

    private final Transactions transactions;
    private final InstantSource clock;
    private final String space;

    JdbcDeliveries(Transactions transactions, InstantSource clock, String space) {
        this.transactions = transactions;
        this.clock = clock;
        this.space = space;
    }

    private interface Work<T> {

        T with(DeliveryTables tables) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        return transactions.run(statements -> work.with(new DeliveryTables(statements, space)));
    }

    @Override
    public Map<Integer, Long> offsets(String topic) {
        Limits.checkName("A topic", topic);
        return inTransaction(tables -> tables.offsets(topic));
    }

    @Override
    public Answer settle(Settlement settlement) {
        DeliveryLimits.check(settlement);
        Instant now = Limits.kept(Limits.within(clock.instant()));
        List<Move> moves = settlement.moves().stream().sorted(ORDER).toList();
        return transactions.run(statements -> {
            DeliveryTables tables = new DeliveryTables(statements, space);
            List<Offset> found = new ArrayList<>();
            int fit = 0;
            int done = 0;
            for (Move move : moves) {
                Optional<Place> place = tables.lock(move);
                fit += move.from() == place.map(Place::offset).orElse(Move.NONE) ? 1 : 0;
                done += place.equals(Optional.of(new Place(move.to(), settlement.id()))) ? 1 : 0;
                place.ifPresent(it -> found.add(new Offset(move.topic(), move.partition(), it.offset())));
            }
            if (!moves.isEmpty() && done == moves.size()) {
                return new Answer(true, found, 0);
            }
            if (fit < moves.size()) {
                return new Answer(false, found, 0);
            }
            return new Answer(true, to(moves), write(statements, settlement, moves, now));
        });
    }

    private int write(Statements statements, Settlement settlement, List<Move> moves, Instant now) throws SQLException {
        DeliveryTables tables = new DeliveryTables(statements, space);
        for (Move move : moves) {
            tables.move(move, settlement.id(), now);
        }
        int added = tables.insert(settlement.decisions(), now);
        new LetterTables(statements, space).insert(settlement.letters(), now);
        new OutboxTables(statements, space).insert(settlement.messages(), now);
        return settlement.decisions().size() - added;
    }

    private static List<Offset> to(List<Move> moves) {
        return moves.stream()
                .map(move -> new Offset(move.topic(), move.partition(), move.to()))
                .toList();
    }

    @Override
    public Optional<Kept> decision(String id) {
        Limits.checkName("A decision's id", id);
        return inTransaction(tables -> tables.decision(id));
    }

    @Override
    public List<Kept> decisions(String topic, int partition, long after, int limit) {
        Limits.checkName("A topic", topic);
        Limits.checkLimit(limit);
        return inTransaction(tables -> tables.decisions(topic, partition, after, limit));
    }

    @Override
    public int prune(Instant before) {
        Instant bound = Limits.kept(Limits.within(before));
        return Transactions.repeat(AT_ONCE, () -> inTransaction(tables -> tables.deleteDecisions(bound, AT_ONCE)));
    }
}
