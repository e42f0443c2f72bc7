package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import io.github.camelaiflow.store.JoinTable.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a table must do, by walks over lists. */
final class NaiveJoins {

    /** A left half, when it came, what it was joined with, and when. */
    private static final class Entry {
        final Left left;
        final Instant came;
        Right right;
        Instant joined;

        Entry(Left left, Instant came) {
            this.left = left;
            this.came = came;
        }
    }

    /** A right half that is there for a left one to come, when it came, and when it last found one. */
    private static final class Standing {
        final Right right;
        final Instant came;
        Instant found;

        Standing(Right right, Instant came, Instant found) {
            this.right = right;
            this.came = came;
            this.found = found;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<Standing> standing = new ArrayList<>();
    final List<String> feed = new ArrayList<>();

    void left(Left left, Instant now) {
        if (entries.stream().anyMatch(entry -> entry.left.id().equals(left.id()))) {
            return;
        }
        Entry entry = new Entry(left, now);
        entries.add(entry);
        for (Standing one : List.copyOf(standing)) {
            if (left.id().equals(one.right.id())) {
                standing.remove(one);
                join(entry, one.right, now);
            }
        }
        for (Standing one : standing) {
            if (one.right.alias() != null && one.right.alias().equals(left.alias())) {
                one.found = now;
                if (entry.right == null) {
                    join(entry, one.right, now);
                }
            }
        }
    }

    Verdict right(Right right, Instant now) {
        List<Entry> meant = entries.stream()
                .filter(entry -> right.id() != null
                        ? right.id().equals(entry.left.id())
                        : right.alias().equals(entry.left.alias()))
                .toList();
        List<String> said = standing.stream()
                .map(one -> one.right)
                .filter(one -> right.id() != null
                        ? right.id().equals(one.id())
                        : right.alias().equals(one.alias()))
                .map(Right::content)
                .toList();
        if (!said.isEmpty()) {
            return verdict(said, right);
        }
        List<Entry> waiting =
                meant.stream().filter(entry -> entry.right == null).toList();
        List<String> joined = meant.stream()
                .filter(entry -> entry.right != null)
                .map(entry -> entry.right.content())
                .toList();
        if (right.alias() != null || meant.isEmpty()) {
            standing.add(new Standing(right, now, meant.isEmpty() ? null : now));
        }
        waiting.forEach(entry -> join(entry, right, now));
        if (!waiting.isEmpty()) {
            return Verdict.JOINED;
        }
        return meant.isEmpty() ? Verdict.WAITING : verdict(joined, right);
    }

    private static Verdict verdict(List<String> said, Right right) {
        return said.stream().allMatch(right.content()::equals) ? Verdict.DUPLICATE : Verdict.CONTRADICTION;
    }

    private void join(Entry entry, Right right, Instant now) {
        entry.right = right;
        entry.joined = now;
        feed.add(pair(entry.left, right));
    }

    static String pair(Left left, Right right) {
        return left + " with " + right;
    }

    Set<String> pairs() {
        return entries.stream()
                .filter(entry -> entry.right != null)
                .map(entry -> pair(entry.left, entry.right))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> waitingLefts() {
        return entries.stream()
                .filter(entry -> entry.right == null)
                .map(entry -> entry.left.toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> waitingRights() {
        return standing.stream()
                .filter(one -> one.found == null)
                .map(one -> one.right.toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is dropped. */
    Set<String> expire(Instant before) {
        List<Entry> lefts = entries.stream()
                .filter(entry -> entry.right == null && entry.came.isBefore(before))
                .toList();
        List<Standing> rights = standing.stream()
                .filter(one -> one.found == null && one.came.isBefore(before))
                .toList();
        entries.removeAll(lefts);
        standing.removeAll(rights);
        return Stream.concat(
                        lefts.stream().map(entry -> entry.left.toString()),
                        rights.stream().map(one -> one.right.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    int prune(Instant before) {
        List<Entry> old = entries.stream()
                .filter(entry -> entry.right != null && entry.joined.isBefore(before))
                .toList();
        entries.removeAll(old);
        standing.removeIf(one -> one.found != null && one.found.isBefore(before));
        return old.size();
    }
}
