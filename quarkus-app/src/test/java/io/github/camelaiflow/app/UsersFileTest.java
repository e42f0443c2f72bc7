package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {

    @TempDir
    private Path folder;

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("users.properties"), java.util.List.of(lines))
                .toString();
    }

    private static String hash(String password) {
        return BcryptUtil.bcryptHash(password, 10);
    }

    @Test
    void usersHaveAHashAndRoles() throws IOException {
        String hash = hash("long enough to be unknown");
        // what htpasswd writes
        String file = file("# users", "shop = " + hash.replace("$2a$", "$2y$") + ", scorer, feedback");

        assertThat(UsersFile.read(file)).containsOnlyKeys("shop");
        UsersFile.User shop = UsersFile.read(file).get("shop");
        assertThat(shop.roles()).isEqualTo(Set.of("scorer", "feedback"));
        assertThat(BcryptUtil.matches("long enough to be unknown", shop.hash())).isTrue();
        assertThat(shop.toString()).doesNotContain(shop.hash());
    }

    @Test
    void aPasswordInTheClearIsRefusedAndNotTold() throws IOException {
        String file = file("shop = open-sesame, scorer");

        assertThatThrownBy(() -> UsersFile.read(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("user shop")
                .hasMessageContaining("bcrypt hash, not a password in the clear")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void defaultPasswordsAreRefused() throws IOException {
        for (String password : new String[] {"password", "changeit", "admin", "shop", ""}) {
            String file = file("shop = " + hash(password) + ", scorer");
            assertThatThrownBy(() -> UsersFile.read(file)).as(password).hasMessageContaining("user shop");
        }
    }

    @Test
    void cheapHashesAndUnknownRolesAreRefused() throws IOException {
        String cheap = file("shop = " + BcryptUtil.bcryptHash("long enough", 4) + ", scorer");
        assertThatThrownBy(() -> UsersFile.read(cheap)).hasMessageContaining("cost 10");
        String role = file("shop = " + hash("long enough") + ", admin");
        assertThatThrownBy(() -> UsersFile.read(role)).hasMessageContaining("must have roles");
        String none = file("shop = " + hash("long enough"));
        assertThatThrownBy(() -> UsersFile.read(none)).hasMessageContaining("must have roles");
    }

    @Test
    void aFileThatIsNotThereOrEmptyIsRefused() throws IOException {
        assertThatThrownBy(() -> UsersFile.read(folder.resolve("nowhere").toString()))
                .hasMessageContaining("claims.auth.users");
        String empty = file("# nobody");
        assertThatThrownBy(() -> UsersFile.read(empty)).hasMessageContaining("1 to 100 users");
    }
}
