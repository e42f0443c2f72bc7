package io.github.camelaiflow.it.simulation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** A consumer's part in its group. It gets on only in poll; heartbeats go on besides, as long as the process lives and polls in time. */
final class SimMembership {

    static final String GROUP = "group";

    private enum State {
        OUT,
        JOINING,
        MEMBER
    }

    final String instance;
    final SimConsumer.Timeouts timeouts;
    ConsumerRebalanceListener listener;
    private final SimConsumer consumer;
    private final SimGroup group;
    private State state = State.OUT;
    private String memberId = "";
    private int generation = -1;
    private Set<TopicPartition> owned = Set.of();
    private ConsumerGroupMetadata metadata;
    private boolean lost;
    private boolean slow;
    private boolean fenced;
    private long lastPoll;
    private long closedAt = Long.MAX_VALUE;

    SimMembership(SimConsumer consumer, String instance, SimConsumer.Timeouts timeouts) {
        this.consumer = consumer;
        this.group = consumer.broker.group;
        this.instance = instance;
        this.timeouts = timeouts;
        metadata = new ConsumerGroupMetadata(GROUP, -1, "", Optional.ofNullable(instance));
        lastPoll = consumer.now();
    }

    void polled() {
        slow |= overdue();
        lastPoll = consumer.now();
    }

    private boolean overdue() {
        return state != State.OUT
                && consumer.now() - lastPoll > timeouts.maxPollInterval()
                && consumer.process.lastAlive() > lastPoll;
    }

    /** A member without a name says good-bye when it doesn't poll in time; the coordinator asks for it. */
    boolean leftForSlowness() {
        return instance == null && overdue() && !consumer.process.paused() && !consumer.process.dead();
    }

    long lastHeartbeat() {
        long end = Math.min(closedAt, consumer.process.lastAlive());
        return Math.min(end, lastPoll + timeouts.maxPollInterval());
    }

    boolean member() {
        slow |= overdue();
        return state == State.MEMBER && !slow && !fenced;
    }

    /** As the last join gave it: nothing but a poll changes it. */
    ConsumerGroupMetadata metadata() {
        return metadata;
    }

    /** One step on the way to a settled group. Whether it is reached. */
    boolean advance() {
        if (fenced) {
            throw new FencedInstanceIdException("another member has the instance's name");
        }
        if (slow) {
            slow = false;
            out(true);
        }
        try {
            if (state == State.MEMBER) {
                group.heartbeat(memberId, instance, generation);
                return true;
            }
            if (state == State.OUT) {
                giveBack();
                memberId = group.join(consumer, memberId);
                state = State.JOINING;
            }
            return synced();
        } catch (UnknownMemberIdException e) {
            out(true);
        } catch (IllegalGenerationException | RebalanceInProgressException e) {
            out(false);
        } catch (FencedInstanceIdException e) {
            fenced = true;
            throw e;
        }
        return false;
    }

    private boolean synced() {
        SimGroup.Member member = group.sync(memberId, instance);
        if (member == null) {
            return false;
        }
        state = State.MEMBER;
        generation = member.generation;
        metadata = new ConsumerGroupMetadata(GROUP, generation, memberId, Optional.ofNullable(instance));
        owned = new HashSet<>(member.assignment);
        consumer.assigned(owned);
        if (listener != null) {
            listener.onPartitionsAssigned(owned);
        }
        return true;
    }

    private void out(boolean forgotten) {
        state = State.OUT;
        lost |= forgotten;
        if (forgotten) {
            memberId = "";
        }
    }

    private void giveBack() {
        if (!owned.isEmpty()) {
            Set<TopicPartition> former = owned;
            owned = Set.of();
            if (listener != null && lost) {
                listener.onPartitionsLost(former);
            } else if (listener != null) {
                listener.onPartitionsRevoked(former);
            }
            consumer.assigned(Set.of());
        }
        lost = false;
    }

    void close(CloseOptions options) {
        GroupMembershipOperation operation = options.groupMembershipOperation();
        boolean leaves = operation == GroupMembershipOperation.LEAVE_GROUP
                || operation == GroupMembershipOperation.DEFAULT && instance == null;
        if (!fenced && state == State.MEMBER) {
            giveBack();
        }
        if (leaves && !memberId.isEmpty() && consumer.broker.groupAvailable() <= consumer.now()) {
            group.leave(memberId);
        }
        closedAt = consumer.now();
        state = State.OUT;
    }
}
