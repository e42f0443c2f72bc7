package io.github.camelaiflow.delivery;

/**
 * Who took records, as the consumer group knew it when they were taken. A commit under a membership that has ended since is refused.
 *
 * @param generation of the group; negative if unknown
 * @param member id; empty if unknown
 * @param instance name of a static member, or {@code null}
 */
public record Membership(String group, int generation, String member, String instance) {

    /** Whether a commit can be checked against it: brokers take one of an unknown membership from anybody. */
    public boolean known() {
        return generation >= 0 && !member.isEmpty();
    }
}
