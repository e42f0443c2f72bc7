package io.github.camelaiflow.app;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Knows users by name and password. A password is checked against its bcrypt hash once; from then on against a digest under a key of this
 * run, as bcrypt is slow by design and a scorer calls often.
 */
@ApplicationScoped
class PasswordUsers implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private static final int KEY_BYTES = 32;
    private static final int LONGEST = 72;

    private final byte[] key = new byte[KEY_BYTES];
    private final Map<String, byte[]> proven = new ConcurrentHashMap<>();
    private volatile Map<String, UsersFile.User> users = Map.of();
    private volatile String nobodysHash;

    PasswordUsers() {
        new SecureRandom().nextBytes(key);
    }

    /** @throws IllegalStateException if the file cannot be read, or says what must not be */
    void load(String file) {
        users = UsersFile.read(file);
        nobodysHash = users.values().iterator().next().hash();
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() ->
                identity(request.getUsername(), new String(request.getPassword().getPassword())));
    }

    private SecurityIdentity identity(String name, String password) {
        UsersFile.User user = users.get(name);
        if (user == null) {
            if (nobodysHash != null) {
                // as long as for a name that exists
                matches(password, nobodysHash);
            }
            throw new AuthenticationFailedException();
        }
        byte[] digest = digest(password);
        byte[] known = proven.get(name);
        if (known == null || !MessageDigest.isEqual(known, digest)) {
            if (!matches(password, user.hash())) {
                throw new AuthenticationFailedException();
            }
            proven.put(name, digest);
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(user.roles())
                .build();
    }

    /** bcrypt looks at 72 bytes: a longer password is never the right one. */
    private static boolean matches(String password, String hash) {
        return BcryptUtil.matches(password, hash) && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    private byte[] digest(String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
