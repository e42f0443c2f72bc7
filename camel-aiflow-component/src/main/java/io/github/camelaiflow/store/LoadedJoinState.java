package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import io.github.camelaiflow.store.JoinTables.Counts;
import io.github.camelaiflow.store.JoinTables.KeptRight;
import io.github.camelaiflow.store.JoinTables.Said;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What concerns one call's halves, read from a locked space, and what becomes of it. */
final class LoadedJoinState implements JoinState {

    private final JoinTables tables;
    private final Counts counts;
    private final Instant now;

    private final Set<String> known = new HashSet<>();
    private final Map<String, Left> waiting = new LinkedHashMap<>();
    private final Map<String, Map<String, Left>> waitingOf = new HashMap<>();
    private final Map<String, Right> rightFor = new HashMap<>();
    private final Map<String, KeptRight> rightForAll = new HashMap<>();
    private final Map<String, String> said = new HashMap<>();
    private final Map<String, List<String>> saidOf = new HashMap<>();

    private final List<Left> newLefts = new ArrayList<>();
    private final List<KeptRight> newRights = new ArrayList<>();
    private final List<Joined> pairs = new ArrayList<>();
    private final Set<String> foundAgain = new HashSet<>();
    private final List<String> leftsGone = new ArrayList<>();
    private final List<String> rightsGone = new ArrayList<>();
    private int rightsFound;

    private LoadedJoinState(JoinTables tables, Instant now) throws SQLException {
        this.tables = tables;
        this.counts = tables.lock();
        this.now = now;
    }

    static LoadedJoinState forLefts(JoinTables tables, List<Left> lefts, Instant now) throws SQLException {
        LoadedJoinState state = new LoadedJoinState(tables, now);
        Set<String> ids = names(lefts.stream().map(Left::id));
        Set<String> aliases = names(lefts.stream().map(Left::alias));
        state.known.addAll(tables.known(ids));
        state.loadRights(ids, aliases);
        return state;
    }

    static LoadedJoinState forRights(JoinTables tables, List<Right> rights, Instant now) throws SQLException {
        LoadedJoinState state = new LoadedJoinState(tables, now);
        Set<String> ids = names(rights.stream().map(Right::id));
        Set<String> aliases = names(rights.stream().map(Right::alias));
        state.loadRights(ids, aliases);
        // What has a right half already has none that waits, so that not all of an alias are read again and again
        aliases.removeAll(state.rightForAll.keySet());
        tables.leftsOf(aliases).forEach(state::load);
        tables.lefts(ids).forEach(state::load);
        for (Said one : tables.said(ids)) {
            state.said.put(one.name(), one.first());
        }
        for (Said one : tables.saidOf(aliases)) {
            state.saidOf.put(
                    one.name(),
                    new ArrayList<>(
                            Stream.of(one.first(), one.last()).distinct().toList()));
        }
        return state;
    }

    private static Set<String> names(Stream<String> names) {
        Set<String> all = new HashSet<>();
        names.filter(Objects::nonNull).forEach(all::add);
        return all;
    }

    private void load(Left left) {
        waiting.put(left.id(), left);
        if (left.alias() != null) {
            waitingOf
                    .computeIfAbsent(left.alias(), alias -> new LinkedHashMap<>())
                    .put(left.id(), left);
        }
    }

    private void loadRights(Set<String> ids, Set<String> aliases) throws SQLException {
        Set<String> names = new HashSet<>(ids);
        names.addAll(aliases);
        for (KeptRight kept : tables.rights(names)) {
            if (kept.right().id() != null) {
                rightFor.put(kept.right().id(), kept.right());
            } else {
                rightForAll.put(kept.right().alias(), kept);
            }
        }
    }

    @Override
    public boolean knows(String id) {
        return known.contains(id);
    }

    @Override
    public Optional<Left> waiting(String id) {
        return Optional.ofNullable(waiting.get(id));
    }

    @Override
    public List<Left> waitingOf(String alias) {
        return List.copyOf(waitingOf.getOrDefault(alias, Map.of()).values());
    }

    @Override
    public Optional<String> said(String id) {
        return Optional.ofNullable(said.get(id));
    }

    @Override
    public List<String> saidOf(String alias) {
        return List.copyOf(saidOf.getOrDefault(alias, List.of()));
    }

    @Override
    public Optional<Right> rightFor(String id) {
        return Optional.ofNullable(rightFor.get(id));
    }

    @Override
    public Optional<Right> rightForAll(String alias) {
        return Optional.ofNullable(rightForAll.get(alias)).map(KeptRight::right);
    }

    @Override
    public void keep(Left left) {
        known.add(left.id());
        newLefts.add(left);
    }

    @Override
    public void keep(Right right, boolean found) {
        KeptRight kept = new KeptRight(right, found);
        newRights.add(kept);
        if (right.id() != null) {
            rightFor.put(right.id(), right);
        } else {
            rightForAll.put(right.alias(), kept);
        }
    }

    @Override
    public void found(String alias) {
        KeptRight kept = rightForAll.get(alias);
        foundAgain.add(alias);
        if (!kept.found()) {
            rightsFound++;
            rightForAll.put(alias, new KeptRight(kept.right(), true));
        }
    }

    @Override
    public Joined join(Left left, Right right) {
        Joined pair = new Joined(counts.seq() + pairs.size() + 1, left, right, now);
        pairs.add(pair);
        known.add(left.id());
        if (waiting.remove(left.id()) != null) {
            leftsGone.add(left.id());
        }
        said.put(left.id(), right.content());
        if (left.alias() != null) {
            waitingOf.getOrDefault(left.alias(), new HashMap<>()).remove(left.id());
            List<String> contents = saidOf.computeIfAbsent(left.alias(), alias -> new ArrayList<>());
            if (!contents.contains(right.content())) {
                contents.add(right.content());
            }
        }
        if (right.id() != null && rightFor.remove(right.id()) != null) {
            rightsGone.add(right.id());
        }
        return pair;
    }

    /** Writes what has become of it. */
    void write() throws SQLException {
        tables.insertLefts(newLefts, now);
        tables.deleteLefts(leftsGone);
        tables.insertRights(newRights, now);
        tables.deleteRights(rightsGone, false);
        tables.found(foundAgain, now);
        tables.insertPairs(pairs);
        long rightsMore = newRights.stream().filter(kept -> !kept.found()).count();
        Counts changed = new Counts(
                counts.seq() + pairs.size(),
                counts.lefts() + newLefts.size() - leftsGone.size(),
                counts.rights() + rightsMore - rightsGone.size() - rightsFound);
        if (!changed.equals(counts)) {
            tables.update(changed);
        }
    }
}
