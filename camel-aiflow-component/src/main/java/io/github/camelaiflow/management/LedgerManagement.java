package io.github.camelaiflow.management;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.DeliveryObserver;
import io.github.camelaiflow.delivery.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.CamelContext;

/**
 * Tells a ledger what happens to the records of a delivering route, and shows operators what it says. Give it to the delivery in the
 * ledger's place. Thread-safe.
 */
public final class LedgerManagement implements DeliveryObserver, AutoCloseable {

    private final Ledger ledger;
    private final DeliveryManagement management;

    private LedgerManagement(Ledger ledger, DeliveryManagement management) {
        this.ledger = ledger;
        this.management = management;
    }

    /**
     * Shows the route until {@link #close()}, in place of one of the same id.
     *
     * @param ledger goes on counting from where it is, so that figures outlive a stop of the route
     * @param clock that commits are told by
     */
    public static LedgerManagement register(
            CamelContext context,
            String route,
            String flow,
            DeliveryMode mode,
            Ledger ledger,
            InstantSource clock,
            DeliveryDetails details) {
        DeliveryStatus status = new Status(route, flow, DeliveryStatus.word(mode), ledger, clock, details);
        return new LedgerManagement(ledger, DeliveryManagement.register(context, status));
    }

    @Override
    public void taken(int records) {
        ledger.taken(records);
    }

    @Override
    public void settled(int decisions, int deadLetters, Instant time) {
        ledger.settled(decisions, deadLetters, time);
    }

    @Override
    public void returned(int records) {
        ledger.returned(records);
    }

    @Override
    public void failed(String stage, Throwable cause) {
        ledger.failed(stage, cause);
        management.failed(stage);
    }

    @Override
    public void recovered(Duration after) {
        ledger.recovered(after);
        management.recovered(after);
    }

    /** Shows the route no more; the ledger keeps its figures. */
    @Override
    public void close() {
        management.close();
    }

    private record Status(
            String route, String flow, String mode, Ledger ledger, InstantSource clock, DeliveryDetails details)
            implements DeliveryStatus {

        @Override
        public long taken() {
            Ledger.Account account = ledger.account();
            return account.in() + account.returned();
        }

        @Override
        public long decisions() {
            return ledger.account().decisions();
        }

        @Override
        public long deadLetters() {
            return ledger.account().deadLetters();
        }

        @Override
        public long returned() {
            return ledger.account().returned();
        }

        @Override
        public long pending() {
            return ledger.account().pending();
        }

        /** Of one moment, so that records on their way are never taken for lost ones. */
        @Override
        public long gap() {
            return ledger.account().gap();
        }

        @Override
        public long failures() {
            return ledger.account().failures().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        @Override
        public Instant lastCommit() {
            return ledger.account().lastCommit();
        }

        @Override
        public Instant now() {
            return clock.instant();
        }
    }
}
