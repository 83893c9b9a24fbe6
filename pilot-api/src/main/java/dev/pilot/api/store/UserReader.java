package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.UserId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.Optional;

/** Reads users. */
public interface UserReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the user, if there is one
     */
    Optional<UserAccount> find(UserId id);

    /**
     * Finds one by its name.
     *
     * @param name the name, compared exactly
     * @return the user, if there is one
     */
    Optional<UserAccount> findByName(String name);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the user
     * @throws NotFound if there is none
     */
    default UserAccount get(UserId id) {
        return find(id).orElseThrow(() -> new NotFound("user", id.value()));
    }

    /**
     * Lists a page by age.
     *
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<UserAccount> list(PageRequest page);
}
