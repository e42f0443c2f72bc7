package io.github.camelaiflow.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Accounts for records: how many came, and what became of them. Thread-safe; each picture is of one moment. */
public final class Ledger implements DeliveryObserver {

    private long in;
    private long decisions;
    private long deadLetters;
    private long returned;
    private long pending;
    private Instant lastCommit;
    private Duration lastRecovery;
    private Duration longestRecovery;
    private final Map<String, Long> failures = new TreeMap<>();

    /**
     * What happened so far.
     *
     * @param in records taken and not given back
     * @param returned records given back: they came again, or will
     * @param pending records in hand, without an outcome yet
     * @param failures failed tries by stage: {@code process}, {@code commit}, {@code poll}
     * @param lastCommit {@code null} before the first
     * @param lastRecovery how long the last trouble took, from its first failure to the next commit; {@code null} without any
     * @param longestRecovery {@code null} without any
     */
    public record Account(
            long in,
            long decisions,
            long deadLetters,
            long returned,
            long pending,
            Map<String, Long> failures,
            Instant lastCommit,
            Duration lastRecovery,
            Duration longestRecovery) {

        /** Records not accounted for: 0, whatever happens. */
        public long gap() {
            return in - decisions - deadLetters - pending;
        }
    }

    @Override
    public synchronized void taken(int records) {
        in += records;
        pending += records;
    }

    @Override
    public synchronized void settled(int newDecisions, int newDeadLetters, Instant time) {
        decisions += newDecisions;
        deadLetters += newDeadLetters;
        release(newDecisions + newDeadLetters);
        lastCommit = lastCommit == null || lastCommit.isBefore(time) ? time : lastCommit;
    }

    @Override
    public synchronized void returned(int records) {
        in -= records;
        returned += records;
        release(records);
    }

    /** What is told of more than was in hand shows as a gap. */
    private void release(int records) {
        pending = Math.max(0, pending - records);
    }

    @Override
    public synchronized void failed(String stage, Throwable cause) {
        failures.merge(stage, 1L, Long::sum);
    }

    @Override
    public synchronized void recovered(Duration after) {
        lastRecovery = after;
        longestRecovery = longestRecovery == null || longestRecovery.compareTo(after) < 0 ? after : longestRecovery;
    }

    /** How things stand now. */
    public synchronized Account account() {
        return new Account(
                in,
                decisions,
                deadLetters,
                returned,
                pending,
                Map.copyOf(failures),
                lastCommit,
                lastRecovery,
                longestRecovery);
    }
}
