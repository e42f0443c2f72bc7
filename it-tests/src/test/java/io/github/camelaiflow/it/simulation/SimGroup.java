package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** The group coordinator for one group of the classic protocol: generations, static and dynamic members, committed and pending offsets. */
final class SimGroup {

    enum State {
        EMPTY,
        PREPARING,
        COMPLETING,
        STABLE
    }

    final SimOffsets offsets;
    private final SimBroker broker;
    private final List<TopicPartition> partitions;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, String> instances = new HashMap<>();
    private State state = State.EMPTY;
    private int generation;
    private String leader;
    private long joinBegan;
    private int ids;

    SimGroup(SimBroker broker, List<TopicPartition> partitions) {
        this.broker = broker;
        this.partitions = partitions;
        offsets = new SimOffsets(broker.checks);
    }

    /** A member asks in; its id, which for a static member is a new one. */
    String join(SimConsumer client, String memberId) {
        String instance = client.instance();
        String before = instance == null ? null : instances.get(instance);
        if (!memberId.isEmpty()) {
            validateMember(memberId, instance);
            rejoin(members.get(memberId));
            return memberId;
        }
        String id = (instance == null ? "member" : instance) + "-" + ++ids;
        Member member = new Member(id, client);
        if (before != null && members.containsKey(before)) {
            replace(members.remove(before), member);
        } else {
            members.put(id, member);
            prepare();
            member.joined = true;
        }
        if (instance != null) {
            instances.put(instance, id);
        }
        completeJoin();
        return id;
    }

    private void replace(Member old, Member member) {
        members.put(member.id, member);
        member.assignment = old.assignment;
        if (old.id.equals(leader)) {
            leader = member.id;
        }
        if (state == State.COMPLETING) {
            prepare();
        }
        member.joined = state == State.PREPARING;
        member.generation = generation;
    }

    private void rejoin(Member member) {
        if (state == State.STABLE && member.id.equals(leader)) {
            prepare();
        }
        if (state == State.PREPARING) {
            member.joined = true;
            completeJoin();
        } else {
            member.generation = generation;
        }
    }

    /** What a member that joined is given; null while others are waited for. */
    Member sync(String memberId, String instance) {
        validateMember(memberId, instance);
        Member member = members.get(memberId);
        if (state == State.PREPARING) {
            if (!member.joined) {
                throw new RebalanceInProgressException();
            }
            return null;
        }
        if (member.generation != generation) {
            throw new IllegalGenerationException();
        }
        if (state == State.COMPLETING && memberId.equals(leader)) {
            assign();
        }
        return state == State.STABLE ? member : null;
    }

    void heartbeat(String memberId, String instance, int memberGeneration) {
        validateMember(memberId, instance);
        if (memberGeneration != generation && state != State.PREPARING) {
            throw new IllegalGenerationException();
        }
        if (state == State.PREPARING) {
            throw new RebalanceInProgressException();
        }
    }

    void leave(String memberId) {
        Member member = members.remove(memberId);
        if (member != null) {
            instances.remove(member.client.instance(), memberId);
            removed();
        }
    }

    /** Whether a member may commit; as {@code ClassicGroup.validateOffsetCommit}: without generation and member id a transaction may. */
    void validate(ConsumerGroupMetadata member, boolean transactional) {
        String instance = member.groupInstanceId().orElse(null);
        if (member.generationId() < 0 && state == State.EMPTY) {
            return;
        }
        if (member.generationId() >= 0 || !member.memberId().isEmpty() || instance != null) {
            validateMember(member.memberId(), instance);
            if (member.generationId() != generation) {
                throw new IllegalGenerationException();
            }
        } else if (!transactional) {
            throw new UnknownMemberIdException();
        }
        if (!transactional && state == State.COMPLETING) {
            throw new RebalanceInProgressException();
        }
    }

    void pending(Transaction transaction) {
        offsets.pending(transaction);
    }

    void ended(Transaction transaction) {
        offsets.ended(transaction);
    }

    /** Everyone has to join again, as when a member came or the topics changed. */
    void rebalance() {
        if (state == State.STABLE) {
            prepare();
        }
    }

    /** Looks after members that are silent and joins that wait; the broker calls it each second. */
    void tick() {
        for (Member member : new ArrayList<>(members.values())) {
            boolean waiting = state == State.PREPARING && member.joined;
            if (member.client.leftForSlowness()
                    || !waiting && broker.now() - member.seen() > member.client.sessionTimeout()) {
                leave(member.id);
            }
        }
        completeJoin();
    }

    /** The coordinator is back from being away: everyone has a whole session to report. */
    void restarted() {
        members.values().forEach(member -> member.grace = broker.now());
    }

    private void validateMember(String memberId, String instance) {
        String known = instance == null ? memberId : instances.get(instance);
        if (known == null || !members.containsKey(known)) {
            throw new UnknownMemberIdException();
        }
        if (!known.equals(memberId)) {
            throw new FencedInstanceIdException("another member has the instance's name");
        }
    }

    private void removed() {
        if (members.isEmpty()) {
            state = State.EMPTY;
            generation++;
        } else {
            if (state != State.PREPARING) {
                prepare();
            }
            completeJoin();
        }
    }

    private void prepare() {
        if (state != State.PREPARING) {
            state = State.PREPARING;
            joinBegan = broker.now();
            members.values().forEach(member -> member.joined = false);
        }
    }

    private void completeJoin() {
        if (state != State.PREPARING) {
            return;
        }
        long patience = members.values().stream()
                .mapToLong(m -> m.client.maxPollInterval())
                .max()
                .orElse(0);
        boolean all = members.values().stream().allMatch(m -> m.joined);
        boolean overdue = broker.now() - joinBegan >= patience;
        if (!all && !overdue || broker.now() - joinBegan < broker.faults.joinDelay()) {
            return;
        }
        members.values().removeIf(m -> !m.joined && m.client.instance() == null);
        if (members.isEmpty()) {
            removed();
            return;
        }
        if (members.values().stream().noneMatch(m -> m.joined)) {
            joinBegan = broker.now();
            return;
        }
        generation++;
        state = State.COMPLETING;
        members.values().stream().filter(m -> m.joined).forEach(m -> m.generation = generation);
        leader = members.values().stream().filter(m -> m.joined).findFirst().orElseThrow().id;
    }

    /** By ranges; who is first changes with the generation, so that partitions wander. */
    private void assign() {
        List<Member> sorted = new ArrayList<>(members.values());
        sorted.sort(Comparator.comparing(m -> m.id));
        sorted.forEach(member -> member.assignment = new HashSet<>());
        for (int i = 0; i < partitions.size(); i++) {
            sorted.get((i * sorted.size() / partitions.size() + generation) % sorted.size())
                    .assignment
                    .add(partitions.get(i));
        }
        state = State.STABLE;
    }

    final class Member {
        final String id;
        final SimConsumer client;
        int generation;
        Set<TopicPartition> assignment = Set.of();
        private boolean joined;
        private long grace;

        private Member(String id, SimConsumer client) {
            this.id = id;
            this.client = client;
        }

        private long seen() {
            return Math.max(grace, client.lastHeartbeat());
        }
    }
}
