"""Functions of PHP, WordPress and Laravel, by what their arguments are: copy, what they print, or code."""

from __future__ import annotations

import re

TRANSLATING = (
    dict.fromkeys(
        """__ _e _x _ex esc_html__ esc_html_e esc_html_x esc_attr__ esc_attr_e esc_attr_x translate gettext _ trans lang
        pll__ pll_e t""".split(),
        1,
    )
    | dict.fromkeys("_n _nx _n_noop _nx_noop ngettext trans_choice".split(), 2)
    | {"icl_t": 3}
)
"""Functions that give back (or print) their argument in the visitor's language: how many arguments are copy."""
PASSING = frozenset(
    """esc_html esc_attr wp_kses wp_kses_post wpautop wptexturize nl2br trim ucfirst ucwords do_shortcode htmlspecialchars
    htmlentities html_entity_decode strip_tags stripslashes sprintf vsprintf printf vprintf e strval force_balance_tags
    html utf8_encode utf8_decode convert_smilies shortcode_unautop""".split()
)
"""Functions that give back their first argument as far as a reader sees."""
FORMATTING = frozenset({"sprintf", "vsprintf", "printf", "vprintf"})
PRINTING = re.compile(
    r"_e|_ex|esc_(?:html|attr)_e|pll_e|v?printf|the_\w+|bloginfo|wp_title|single_\w+_title", re.IGNORECASE
)
"""Functions that print."""

_ARGUMENTS = frozenset(
    """define defined constant add_action add_filter remove_action remove_filter do_action apply_filters has_action
    has_filter did_action add_shortcode wp_enqueue_script wp_enqueue_style wp_register_script wp_register_style
    wp_localize_script wp_add_inline_script wp_add_inline_style wp_dequeue_style wp_dequeue_script get_option
    update_option add_option delete_option get_theme_mod get_post_meta update_post_meta get_user_meta get_field
    get_sub_field have_rows the_row get_row_layout the_field the_sub_field get_template_part locate_template
    get_template_directory_uri get_stylesheet_directory_uri add_theme_support add_image_size add_post_type_support
    function_exists class_exists method_exists property_exists interface_exists is_a is_page is_page_template is_single
    is_singular is_category is_tax has_term is_post_type_archive in_array array_key_exists array_search array_column
    array_merge strpos stripos strrpos strstr str_replace str_ireplace substr_count str_contains str_starts_with
    str_ends_with strcmp strcasecmp strncmp preg_match preg_match_all preg_replace preg_replace_callback preg_split
    preg_quote explode implode join header setcookie session_name ini_set ini_get set_include_path error_log
    trigger_error syslog date gmdate date_i18n wp_date mktime strtotime date_default_timezone_set setlocale
    number_format fopen fwrite file_get_contents file_put_contents file_exists is_file is_dir mkdir unlink glob
    parse_url http_build_query curl_setopt json_decode unserialize hash hash_hmac md5 sha1 wp_nonce_field
    wp_create_nonce wp_verify_nonce check_ajax_referer current_user_can wp_get_attachment_image
    wp_get_attachment_image_src home_url site_url admin_url plugins_url url route asset mix vite config env request
    session old view redirect base_path public_path storage_path resource_path app resolve bcrypt get_bloginfo bloginfo
    get_posts get_terms get_the_terms the_terms wp_nav_menu has_nav_menu dynamic_sidebar is_active_sidebar load_theme_textdomain
    load_plugin_textdomain post_class body_class the_post_thumbnail get_the_post_thumbnail wp_set_object_terms
    mysqli_query mysql_query pg_query sqlite_query dbDelta filter_input filter_var settype call_user_func
    call_user_func_array spl_autoload_register class_alias die exit array_filter array_map usort compact extract
    wp_schedule_event wp_next_scheduled add_rewrite_rule flush_rewrite_rules wp_redirect the_date get_the_date the_time
    get_the_time next_posts_link_attributes wp_remote_get wp_remote_post rest_url register_rest_route""".lower().split()
)
"""Functions whose arguments, where they are plain strings, are names, patterns, paths and queries."""
COMPARING = frozenset(
    """in_array array_search array_key_exists str_replace str_ireplace preg_replace preg_match implode is_page
    is_page_template is_singular""".split()
)
"""Of these, lists among the arguments are code as well."""
_ENTIRELY = frozenset(
    """register_sidebar register_nav_menus register_nav_menu add_meta_box add_menu_page add_submenu_page add_options_page
    add_theme_page add_settings_section add_settings_field add_settings_error register_setting register_post_type
    register_taxonomy acf_add_local_field_group acf_register_block_type register_block_type add_control add_section
    add_panel error_log trigger_error var_dump print_r debug_zval_refcount assert register_rest_route wp_die
    _deprecated_function _doing_it_wrong add_cap add_role""".split()
)
"""Functions in whose arguments nothing is copy: what editors and developers see."""
_METHODS = frozenset(
    """prepare query get_results get_var get_row get_col execute where orwhere wherein wherehas orderby groupby having
    select join leftjoin insert update delete table from log info debug notice warning error critical header
    withheaders get_param has_param set_param get post put patch route name middleware validate rules input filled
    addheader setfrom addaddress isset bind singleton make call fill add_cap setup connect createtable alter with load
    format modify enqueue register add_action add_filter getattribute setattribute getelementsbytagname hasattribute
    getid has set remove redirect view""".split()
)
_CLASSES = frozenset(
    """route log db schema cache storage config session auth gate event queue artisan cookie crypt hash http url file
    datetime datetimeimmutable dateinterval datetimezone carbon pdo mysqli wp_query wp_user_query reflectionclass
    collator numberformatter intldateformatter splfileinfo domdocument domxpath""".split()
)
_ERROR = re.compile(r"(?:Error|Exception)$")


def silence(name: str, owner: str = "", *, is_method: bool = False) -> tuple[bool, bool]:
    """Whether nothing in the arguments of a call is copy, and whether plain strings among them are none.

    ``owner`` is the class before ``::``, or the class of which ``new`` makes an object.
    """
    name, owner = name.lower(), owner.rpartition("\\")[2]
    if name in _ENTIRELY or _ERROR.search(owner):
        return True, True
    if owner.lower() in _CLASSES:
        return False, True
    return False, name in (_METHODS if is_method else _ARGUMENTS)
