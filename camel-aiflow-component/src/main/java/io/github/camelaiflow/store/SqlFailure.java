package io.github.camelaiflow.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a database's exception means, told without what is secret. States are those of the SQL standard, H2 and PostgreSQL. */
final class SqlFailure {

    /** Wrong login, database, schema, statement; H2: path, URL, setting, corrupt file, rights. */
    private static final Set<String> MISTAKES = Set.of(
            "28", "3D", "3F", "42", "90011", "90013", "90020", "90030", "90040", "90046", "90048", "90062", "90088",
            "90113", "90137", "90138", "90146");
    /** Connection, resources, conflict, operator's action; H2: closed, broken, input and output, lock, cancelled. */
    private static final Set<String> PASSING = Set.of(
            "08", "25006", "40", "53", "55", "57", "58", "HYT00", "90007", "90028", "90031", "90067", "90098", "90108",
            "90121", "90131", "90135");
    /** Messages of these tell values. */
    private static final Set<String> DATA = Set.of("22", "23");

    private SqlFailure() {}

    /** Whether the transaction lost to another one and can be tried again at once. */
    static boolean conflict(SQLException failure) {
        return states(failure).anyMatch(state -> state.startsWith("40") || state.equals("90131"));
    }

    static StoreException of(String store, Throwable failure, Collection<String> secrets) {
        boolean unreachable = unreachable(failure);
        String message = "The store " + store + (unreachable ? " can't be reached: " : " can't be used: ");
        boolean safe = !contains(states(failure), DATA) && secrets.stream().noneMatch(trace(failure)::contains);
        return new StoreException(unreachable, message + reason(failure, safe), safe ? failure : null);
    }

    private static boolean unreachable(Throwable failure) {
        if (contains(states(failure), MISTAKES) || chain(failure).anyMatch(FileSystemException.class::isInstance)) {
            return false;
        }
        return contains(states(failure), PASSING)
                || chain(failure)
                        .anyMatch(cause -> cause instanceof SQLTransientException
                                || cause instanceof SQLRecoverableException
                                || cause instanceof IOException
                                || cause instanceof InterruptedException);
    }

    private static String reason(Throwable failure, boolean safe) {
        List<String> states = states(failure).toList();
        String said = safe ? firstLine(failure) : "SQL state " + String.join(", ", states);
        return states.stream()
                .map(SqlFailure::hint)
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .map(hint -> hint + " (" + said + ")")
                .orElse(said);
    }

    private static String hint(String state) {
        return switch (state) {
            case "28000", "28P01" -> "user name or password is refused";
            case "3D000" -> "the database does not exist";
            case "3F000" -> "the schema does not exist";
            case "42501", "90040" -> "the user lacks a right";
            case "90020" -> "another process has the file open; an H2 file serves one node, PostgreSQL many";
            case "90011" -> "the path of an H2 file must be absolute or begin with ./ or ~/";
            default -> "";
        };
    }

    /** The innermost message says most: pools and Flyway wrap it. */
    private static String firstLine(Throwable failure) {
        Throwable innermost = chain(failure)
                .filter(SQLException.class::isInstance)
                .reduce((outer, inner) -> inner)
                .orElse(failure);
        return Optional.ofNullable(innermost.getMessage())
                .flatMap(message -> message.strip().lines().findFirst())
                .orElse(innermost.getClass().getSimpleName());
    }

    private static boolean contains(Stream<String> states, Set<String> known) {
        return states.anyMatch(
                state -> known.contains(state) || state.length() == 5 && known.contains(state.substring(0, 2)));
    }

    private static Stream<String> states(Throwable failure) {
        return chain(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null)
                .distinct();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
