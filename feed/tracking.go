package feed

import "strings"

// The tables of tracking parameters: our own, from the public documentation of
// the systems that set them. Names are lower case and compared without case.
// A name that some site also uses to select content (source, ref, id, p, t,
// cid, lang) is never listed for all hosts.

// trackingPrefixes begin names that only tracking uses.
var trackingPrefixes = []string{
	"utm_", "mtm_", "piwik_", "matomo_", "hsa_", "itm_", "pf_rd_", "pd_rd_", "fb_action_", "__hs", "_branch_", "at_custom", "at_link_",
	"elqtrack", "wt.mc_", "asc_", "ga_campaign", "stm_",
}

// trackingNames only track, wherever they stand.
var trackingNames = set(`
	pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid pk_vid pk_cpn
	fbclid fb_source fb_ref fb_comment_id
	gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid gclaw srsltid _ga _gl _gac ga_source ga_medium ga_term ga_content
	msclkid yclid ysclid ymclid _openstat yadclid yabizcmpgn twclid ttclid li_fat_id igshid igsh ig_rid ig_mid epik rdt_cid qclid
	mc_cid mc_eid mc_tc mkt_tok _hsenc _hsmi hsctatracking hslang vero_id vero_conv dm_i sfmc_id sfmc_activityid sfmc_sub
	ml_subscriber ml_subscriber_hash ck_subscriber_id omnisendcontactid _ke _kx nr_email_referer
	oly_anon_id oly_enc_id rb_clickid wickedid zanpid tduid irclickid irgwc cjevent cjdata sscid awc dicbo tblci
	outbrainclickid obclid taboolaclickid s_kwcid ef_id adjust_tracker adjust_campaign
	wt_mc wt_zmc wtmc wt.srch wt.tsrc xtor xtref xtcr xts xtnp1 echobox sara_ref sara_ecid
	at_campaign at_campaign_type at_medium at_format at_bbc_team at_ptr_name at_creation at_variant at_network
	ns_campaign ns_mchannel ns_source ns_linkname ns_fee
	cmpid icid ncid ocid intcmp int_cmp ito ftag smid smtyp smprod mbid cndid wpsrc wpisrc wprss n_cid iref
	ref_src ref_url __twitter_impression trkcampaign trackingid lipi midtoken
	guccounter guce_referrer guce_referrer_sig soc_src soc_trk tsrc .tsrc
	spm scm spm_id_from vd_source share_source share_medium share_plat share_session_id share_tag share_from sharer_shareid sharer_sharetime
	isappinstalled nsukey sudaref wfr zarsrc gidzl
	_trkparms _trksid mkevt mkcid mkrid
	hootpostid xing_share sr_share sb_referer_host feedtype feedname rsscid
	s_cid sc_cid sccid cm_mmc cm_mmca1 cm_mmca2 cm_mmca3 cm_ite cm_lm ranmid raneaid ransiteid _ef_transaction_id
	et_cid et_rid spmailingid spuserid spjobid spreportid trk_contact trk_msg trk_module trk_sid emci emdi gdfms gdftrk gdffi
	_bhlid ss_email_id vgo_ee mindbox-click-id mindbox-message-key at_recipient_id at_recipient_list tt_medium tt_content
	hmsr hmpl hmcu hmkw hmci bd_vid action_object_map action_type_map action_ref_map ir_adid ir_campaignid ir_partnerid
	elq elqaid elqat elqcampaignid bxid bx_sender_conversion_id campaign_id_ext
`)

// fromFeed are names that say where the reader comes from when their value
// says that it is a feed, and may select content when it is anything else. A
// row of hyphens divides the parts of where a reader was ("rss----1f2e---4").
var fromFeed = set("ref source src from via partner emc cmp mod rss origin referrer referer medium campaign xt wt ref_source ito")

var feedValues = set("rss rss2 rssfeed rss-feed rss_feed feed feeds atom jsonfeed rss.feed rss1 feedburner feedly")

// trackingOnHosts are names that only track on one site and its subdomains.
var trackingOnHosts = map[string]map[string]bool{
	"youtube.com":          set("si feature pp ab_channel embeds_referring_euri embeds_referring_origin source_ve_path"),
	"youtube-nocookie.com": set("si feature pp"),
	"youtu.be":             set("si feature pp ab_channel"),
	"spotify.com":          set("si nd dlsi context _branch_match_id"),
	"twitter.com":          set("s t ref_src cxt"),
	"x.com":                set("s t ref_src cxt"),
	"medium.com":           set("source sk_source"),
	"linkedin.com":         set("trk refid"),
	"tiktok.com":           set("_t _r is_from_webapp sender_device sender_web_id is_copy_url share_app_id share_link_id u_code"),
	"bilibili.com":         set("from from_spmid seid share_times unique_k up_id bbid plat_id is_story_h5 mid timestamp"),
	"reddit.com":           set("share_id rdt correlation_id ref_campaign ref_source st sh"),
	"substack.com":         set("r isfreemail triedredirect showwelcomeonshare"),
	"podcasts.apple.com":   set("uo at ct itscg itsct"),
	"itunes.apple.com":     set("uo at ct itscg itsct"),
	"apps.apple.com":       set("uo at ct itscg itsct"),
	"soundcloud.com":       set("si in_system_playlist"),
	"facebook.com":         set("mibextid rdid __tn__ __cft__[0] eid hc_ref fref notif_t notif_id acontext"),
	"instagram.com":        set("igsh igshid ig_web_copy_link"),
	"theguardian.com":      set("cmp"),
	"washingtonpost.com":   set("tid wpmm"),
	"wsj.com":              set("mod reflink"),
	"imdb.com":             set("ref_"),
	"etsy.com":             set("click_key click_sum ref"),
	"zhihu.com":            set("utm_psn share_code"),
	"weibo.com":            set("refer_flag weibo_id"),
	"news.google.com":      set("oc ceid_src"),
	"quora.com":            set("share srid"),
	"vk.com":               set("ref from"),
}

// set makes a set of the words of a list.
func set(list string) map[string]bool {
	words := strings.Fields(list)
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}
