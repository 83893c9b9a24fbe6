package dev.pilot.api.access;

import dev.pilot.api.id.UserId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;

/**
 * The use-cases of users. They are for administrators, who neither give anybody more than they have themselves nor touch somebody who has
 * more. To whoever is bound to projects only those are there who are bound to no others.
 */
public interface Users {
    /**
     * Creates a user.
     *
     * @param command who
     * @return the user
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong, or the password too short
     * @throws dev.pilot.api.error.AlreadyExists if a user or a token that holds has this name
     * @throws dev.pilot.api.error.Forbidden with code {@code more-than-own} if the user would have more than the caller
     */
    User create(CreateUser command);

    /**
     * Gets a user.
     *
     * @param id its id
     * @return the user
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    User get(UserId id);

    /**
     * Lists users by age.
     *
     * @param page which part of the list
     * @return a page of users
     */
    Page<User> list(PageRequest page);

    /**
     * Changes some fields. Tokens that the user made are revoked where they allow more than the user may do from now on; all of them, if it
     * is disabled.
     *
     * @param id its id
     * @param patch what to change
     * @return the user now
     * @throws dev.pilot.api.error.Conflict if {@code ifUpdatedAt} is stale; it carries the user
     * @throws dev.pilot.api.error.Forbidden with code {@code more-than-own} if the user has or would have more than the caller
     */
    User update(UserId id, UpdateUser patch);

    /**
     * Gives a user another password and ends all its sessions.
     *
     * @param id its id
     * @param password the new one
     * @return the user now
     * @throws dev.pilot.api.error.Forbidden with code {@code more-than-own} if the user has more than the caller
     */
    User setPassword(UserId id, String password);

    /**
     * Ends all sessions of a user.
     *
     * @param id its id
     */
    void logOut(UserId id);

    /**
     * Deletes a user, ends all its sessions and revokes the tokens that it made.
     *
     * @param id its id
     */
    void delete(UserId id);
}
